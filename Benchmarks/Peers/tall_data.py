"""Tall and thin tables: many rows of few numbers, made with fixed seeds."""

import os
import sys

import numpy as np


def binary(rows=2_000_000, features=28):
    """Rows of correlated numbers, two classes. Returns Float features and labels of 0 and 1."""
    rng = np.random.default_rng(1)
    mixing = np.eye(features) + 0.15 * rng.standard_normal((features, features))
    x = (rng.standard_normal((rows, features)) @ mixing).astype(np.float32)
    w = rng.standard_normal(features) / 3
    y = (x @ w + 1.5 * rng.logistic(size=rows) > 0).astype(np.int64)
    return x, y


# Means, deviations and shares of the like of the forest table of the UCI repository.
MEANS = np.array([2959, 156, 14, 269, 46, 2350, 212, 223, 142, 1980], float)
DEVIATIONS = np.array([280, 112, 7.5, 212, 58, 1559, 27, 20, 38, 1324], float)
CLASSES = np.array([0.365, 0.4875, 0.0615, 0.0047, 0.0163, 0.0299, 0.0351])


def seven(rows=464_809):
    """Ten numbers of very different scales, and a one for one of 4 and one for one of 40, most of which are rare; seven
    classes of 0.5 to 49 %. Returns Float features `[rows, 54]` and labels of 0 to 6."""
    rng = np.random.default_rng(2)
    mixing = np.eye(10) + 0.25 * rng.standard_normal((10, 10))
    z = rng.standard_normal((rows, 10)) @ mixing / np.sqrt((mixing**2).sum(0))
    areas = rng.choice(4, rows, p=[0.449, 0.051, 0.436, 0.064])
    shares = 1.0 / np.arange(1, 41) ** 2.2 + 4e-6
    soils = rng.permutation(40)[np.minimum(39, np.searchsorted(np.cumsum(shares / shares.sum()), rng.random(rows)))]
    # Soils and areas lie at their own heights, so that the ones are nearly a function of the numbers.
    z[:, 0] += rng.standard_normal(40)[soils] + 0.5 * rng.standard_normal(4)[areas]
    weights = rng.standard_normal((7, 10))
    weights[:, 0] *= 2
    scores = z @ weights.T + 1.5 * rng.standard_normal((40, 7))[soils] + rng.standard_normal((4, 7))[areas]
    scores += rng.gumbel(size=scores.shape)
    biases = np.zeros(7)
    for _ in range(200):  # to the classes' shares
        counts = np.bincount((scores[::10] + biases).argmax(1), minlength=7) / len(scores[::10])
        biases += 0.5 * np.log(CLASSES / np.maximum(counts, 1e-5))
    y = (scores + biases).argmax(1).astype(np.int64)
    ones = np.zeros((rows, 44), np.float32)
    ones[np.arange(rows), areas] = 1
    ones[np.arange(rows), 4 + soils] = 1
    numbers = np.round(MEANS + DEVIATIONS * z / z.std(0)).astype(np.float32)
    return np.hstack([numbers, ones]), y


def write(folder, name):
    """The table of that name as NPY; returns both paths."""
    paths = [f"{folder}/{name}-{part}.npy" for part in ("features", "labels")]
    if not all(os.path.exists(path) for path in paths):
        for path, array in zip(paths, {"binary": binary, "seven": seven}[name]()):
            np.save(path, array)
    return paths


if __name__ == "__main__":
    print(*write(*sys.argv[1:]))
