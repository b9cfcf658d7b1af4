"""A data set like a text corpus in TF-IDF: rows of unit norm, words by Zipf's law, some of them a class's own."""
import numpy as np
import scipy.sparse as sparse
from sklearn.datasets import dump_svmlight_file

# So many rows to measure by that an accuracy's standard error is a quarter of a percent.
TRAINING, TESTING, FEATURES, CLASSES, DENSITY = 11000, 20000, 42000, 20, 0.003


def corpus(rows=TRAINING + TESTING, features=FEATURES, classes=CLASSES, density=DENSITY, seed=0):
    """Compressed rows `[rows, features]` and their classes."""
    random = np.random.default_rng(seed)
    frequency = 1 / (np.arange(features) + 10.0) ** 0.9
    topics = []
    for _ in range(classes):
        boost = np.ones(features)
        boost[random.choice(features, features // 25, replace=False)] = 4
        topics.append(np.cumsum(frequency * boost) / (frequency * boost).sum())
    labels = random.integers(0, classes, rows)
    starts, indices, counts = [0], [], []
    for label in labels:
        words = max(5, int(random.lognormal(np.log(density * features * 0.9), 0.6)))
        found, count = np.unique(np.searchsorted(topics[label], random.random(words)), return_counts=True)
        indices.append(np.minimum(found, features - 1))
        counts.append(count)
        starts.append(starts[-1] + len(found))
    x = sparse.csr_matrix((np.concatenate(counts).astype(float), np.concatenate(indices), starts), (rows, features))
    x.sum_duplicates()
    documents = np.bincount(x.indices, minlength=features)
    x.data = (1 + np.log(x.data)) * np.log((1 + rows) / (1 + documents[x.indices]))
    norms = np.sqrt(np.asarray(x.multiply(x).sum(axis=1)).ravel())
    return sparse.diags(1 / norms) @ x, labels


def write(folder):
    """Writes the rows to train on and those to measure by; returns both paths."""
    x, y = corpus()
    paths = [f"{folder}/train.svm", f"{folder}/test.svm"]
    for path, rows in zip(paths, (slice(None, TRAINING), slice(TRAINING, None))):
        dump_svmlight_file(x[rows].astype(np.float32), y[rows], path, zero_based=False)
    return paths


if __name__ == "__main__":
    import sys
    print(*write(sys.argv[1]))
