"""What NetworkDefaultsTests hold the tool to: scikit-learn's MLPClassifier and MLPRegressor at their defaults.

    networks.py FOLDER      writes FOLDER/{sine,moons,spiral,waves}.csv and prints train and held-out scores, seeds 0 to 4

A fifth of the rows is held out. Needs numpy and scikit-learn (1.7 or later).
"""
import sys
import warnings

import numpy as np
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
rng = np.random.default_rng(0)


def sine(rows, periods):
    """sin over so many periods, with noise of 0.1."""
    x = np.linspace(-np.pi, np.pi, rows)
    return x[:, None], np.sin(periods * x) + 0.1 * rng.standard_normal(rows)


def spiral(rows, classes=3):
    """The toy data of Stanford's CS231n, Putting it together: Minimal Neural Network Case Study."""
    x, y = [], []
    for c in range(classes):
        n = rows // classes
        r = np.linspace(0, 1, n)
        t = np.linspace(c * 4, (c + 1) * 4, n) + 0.2 * rng.standard_normal(n)
        x.append(np.c_[r * np.sin(t), r * np.cos(t)])
        y += [c] * n
    return np.concatenate(x), np.array(y)


data = {
    "sine": sine(200, 1), "waves": sine(300, 3), "moons": make_moons(1000, noise=0.15, random_state=0),
    "spiral": spiral(1500),
}
for name, (x, y) in data.items():
    numbers = y.dtype.kind == "f"
    target = [repr(float(t)) for t in y] if numbers else ["abc"[t] for t in y]
    with open(f"{sys.argv[1]}/{name}.csv", "w") as file:
        print(*[f"x{j}" for j in range(x.shape[1])], "y", sep=",", file=file)
        for row, t in zip(x, target):
            print(*[repr(float(v)) for v in row], t, sep=",", file=file)
    for seed in range(5):
        train, test, t, u = train_test_split(x, y, test_size=0.2, random_state=seed, stratify=None if numbers else y)
        model = make_pipeline(StandardScaler(), (MLPRegressor if numbers else MLPClassifier)(random_state=seed))
        model.fit(train, t)
        print(f"{name} seed {seed}: training {model.score(train, t):.4f}, held out {model.score(test, u):.4f}")
