"""Data of two classes: images as numbers, and rows of power-law words of unit length."""
from pathlib import Path

import numpy as np

import data


def images(folder):
    """Fashion-MNIST, divided by 255, the first five classes against the last."""
    paths = [str(Path(folder) / f"two-class-images-{part}.npy") for part in ("x", "y")]
    if not all(Path(path).exists() for path in paths):
        x, y = data.load(*data.fashion(), 1 / 255)
        np.save(paths[0], x)
        np.save(paths[1], (y >= 5).astype(np.int64))
    return paths


def text(folder, rows, words, length):
    """`rows` of some `length` words of `words`, frequent ones among them, as a text in TF-IDF."""
    import scipy.sparse as sparse
    from sklearn.datasets import dump_svmlight_file

    path = Path(folder) / f"two-class-text-{rows}.svm"
    if not path.exists():
        random = np.random.default_rng(2)
        columns = np.minimum((words * random.random((rows, length)) ** 3).astype(np.int64), words - 1)
        columns = random.permutation(words)[columns]
        counts = random.exponential(size=rows * length).astype(np.float32)
        x = sparse.csr_matrix((counts, columns.ravel(), np.arange(0, rows * length + 1, length)), (rows, words))
        x.sum_duplicates()
        x = sparse.csr_matrix(sparse.diags(1 / np.sqrt(np.asarray(x.multiply(x).sum(1)).ravel())) @ x)
        w = random.standard_normal(words) * 3
        y = (x @ w + random.logistic(size=rows) * 0.5 > 0).astype(int)
        part = path.with_suffix(".part")
        dump_svmlight_file(x.astype(np.float32), y, str(part), zero_based=False)
        part.rename(path)
    return [str(path)]


if __name__ == "__main__":
    import sys
    print(text(sys.argv[1], *map(int, sys.argv[2:])))
