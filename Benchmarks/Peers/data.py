"""Data that all peers read: IDX files, Fashion-MNIST as it comes and synthetic ones from a seed."""
import gzip
import struct
from pathlib import Path

import numpy as np

FASHION = Path("/usr/share/datasets/fashion-mnist")
TYPES = {0x08: ">u1", 0x0C: ">i4", 0x0D: ">f4"}


def read_idx(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as file:
        _, kind, dimensions = struct.unpack(">HBB", file.read(4))
        shape = struct.unpack(">" + "I" * dimensions, file.read(4 * dimensions))
        return np.frombuffer(file.read(), TYPES[kind]).reshape(shape)


def write_idx(path, array, kind):
    with open(path, "wb") as file:
        file.write(struct.pack(">HBB", 0, kind, array.ndim))
        file.write(struct.pack(">" + "I" * array.ndim, *array.shape))
        file.write(array.astype(TYPES[kind]).tobytes())


def load(features, labels, factor):
    """Features as float32 [rows, columns], times a factor; targets as they are."""
    x = read_idx(features)
    x = x.reshape(len(x), -1).astype(np.float32) * np.float32(factor)
    y = read_idx(labels)
    return x, y.astype(np.float32) if y.dtype.kind == "f" else y.astype(np.int64)


def weights(columns, classes):
    """±0.01 by a hash of the index, [columns, classes]: the same as Descent's worker makes."""
    index = np.arange(columns * classes, dtype=np.uint32)
    signs = (index * np.uint32(2654435761)) >> np.uint32(31)
    return np.where(signs == 0, 0.01, -0.01).astype(np.float32).reshape(classes, columns).T.copy()


def fashion():
    names = ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")
    return [str(FASHION / name) for name in names]


def few_pictures(folder):
    """The first 10000 images."""
    paths = [str(Path(folder) / f"few-{part}.idx") for part in ("images", "labels")]
    for path, source in zip(paths, fashion(), strict=True):
        if not Path(path).exists():
            write_idx(path, read_idx(source)[:10000], 0x08)
    return paths


def table(folder, name):
    """Fashion-MNIST's 60000×784 as CSV with a header and the label last: `pixels` as they are, whole numbers, or
    `decimals`, random ones of six digits in their place."""
    path = Path(folder) / f"{name}.csv"
    if not path.exists():
        images, labels = (read_idx(file) for file in fashion())
        rows, rng = images.reshape(len(images), -1), np.random.default_rng(20250601)
        words = np.array([str(number) for number in range(256)], object)
        part = path.with_suffix(".part")
        with open(part, "w") as file:
            file.write(",".join(f"p{i}" for i in range(rows.shape[1])) + ",label\n")
            for row, label in zip(rows, labels, strict=True):
                cells = words[row] if name == "pixels" else ["%.6f" % x for x in rng.random(len(row))]
                file.write(",".join(cells) + f",{label}\n")
        part.rename(path)
    return str(path)


def pictures(folder):
    """50000 pictures of 32×32 pixels in three colours, 10 classes: bytes whose variance falls along their directions as that of
    photographs does."""
    paths = [str(Path(folder) / f"pictures-{part}.idx") for part in ("features", "labels")]
    if not all(Path(path).exists() for path in paths):
        rng = np.random.default_rng(20250602)
        rows, columns, directions = 50000, 3072, 300
        patterns = np.repeat(rng.normal(size=(directions, columns // 16)), 16, axis=1).astype(np.float32)
        spread = (200 / np.arange(1, directions + 1)).astype(np.float32)
        y = rng.integers(10, size=rows)
        means = rng.normal(size=(10, directions)).astype(np.float32)
        weights = rng.normal(size=(rows, directions)).astype(np.float32) + 0.5 * means[y]
        x = 128 + (weights * spread / 8) @ patterns + rng.normal(size=(rows, columns)).astype(np.float32) * 8
        write_idx(paths[0], np.clip(x, 0, 255), 0x08)
        write_idx(paths[1], y, 0x08)
    return paths


def wide(folder):
    """20000 rows of 768 numbers in 1000 classes."""
    return synthetic(folder, "wide", 20000, 768, lambda rng, x: (rng.permutation(len(x)) % 1000, 0x0C))


def regression(folder):
    """20000 rows of 1000 numbers, neighbours correlated by 0.5; a tenth of them matter."""

    def target(rng, x):
        for column in range(1, x.shape[1]):
            x[:, column] = 0.5 * x[:, column - 1] + np.sqrt(0.75) * x[:, column]
        beta = np.where(rng.random(x.shape[1]) < 0.1, rng.normal(size=x.shape[1]), 0)
        mean = x @ beta
        return mean + rng.normal(size=len(x)) * mean.std() / 3 + 5, 0x0D

    return synthetic(folder, "regression", 20000, 1000, target)


def wide_regression(folder):
    """1000 rows of 10000 numbers, of which a hundredth matter."""

    def target(rng, x):
        beta = np.where(rng.random(x.shape[1]) < 0.01, rng.normal(size=x.shape[1]), 0)
        mean = x @ beta
        return mean + rng.normal(size=len(x)) * mean.std() / 3 + 5, 0x0D

    return synthetic(folder, "wide-regression", 1000, 10000, target)


def synthetic(folder, name, rows, columns, target):
    paths = [str(Path(folder) / f"{name}-{part}.idx") for part in ("features", "labels")]
    if not all(Path(path).exists() for path in paths):
        rng = np.random.default_rng(20250601)
        x = rng.normal(size=(rows, columns)).astype(np.float32)
        y, kind = target(rng, x)
        write_idx(paths[0], x, 0x0D)
        write_idx(paths[1], y, kind)
    return paths
