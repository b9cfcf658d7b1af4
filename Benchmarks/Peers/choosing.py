"""A ridge chosen by rows held out, on scikit-learn's handwritten digits: the test accuracy of `descent train --l2 auto`
beside LogisticRegressionCV's, the mean of ten splits, and the seconds of both. Both choose by the folds' accuracy.
DESCENT_BINARY names the tool."""
import json
import os
import subprocess
import tempfile
import time

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

DIGITS = os.path.join(os.path.dirname(__file__), "../../Data/digits/digits.csv")


def ours(x, y, x_test, y_test, folder):
    for name, rows, labels in (("train", x, y), ("test", x_test, y_test)):
        with open(f"{folder}/{name}.csv", "w") as file:
            for row, label in zip(rows, labels, strict=True):
                file.write(",".join(f"{number:g}" for number in row) + f",{label}\n")
    subprocess.run(
        [os.environ["DESCENT_BINARY"], "train", f"{folder}/train.csv", "--header", "no", "--test", f"{folder}/test.csv",
         "--l2", "auto", "--metric", "accuracy", "--metrics", f"{folder}/m.json", "--output", f"{folder}/m.onnx", "--quiet",
         "--force"],
        check=True)
    metrics = json.load(open(f"{folder}/m.json"))
    chosen = metrics["cross_validation"]
    return metrics["test_accuracy"], chosen["penalties"][chosen["chosen"]]["l2"]


def theirs(x, y, x_test, y_test):
    model = LogisticRegressionCV(
        Cs=10, cv=5, max_iter=10000, l1_ratios=(0,), use_legacy_attributes=False, scoring="accuracy")
    peer = make_pipeline(StandardScaler(), model).fit(x, y)
    return peer.score(x_test, y_test), 1 / (np.ravel(model.C_)[0] * len(x))


table = np.loadtxt(DIGITS, delimiter=",", skiprows=1, dtype=str)
x, y = table[:, :-1].astype(float), table[:, -1].astype(int)
results = []
with tempfile.TemporaryDirectory() as folder:
    for seed in range(10):
        parts = train_test_split(x, y, test_size=0.2, stratify=y, random_state=seed)
        rows = (parts[0], parts[2], parts[1], parts[3])
        start = time.perf_counter()
        (own, own_l2) = ours(*rows, folder)
        middle = time.perf_counter()
        (peer, peer_l2) = theirs(*rows)
        results.append((own, peer, middle - start, time.perf_counter() - middle))
        print(f"split {seed}: descent {own:.4f} (l2 {own_l2:g}), scikit-learn {peer:.4f} (l2 {peer_l2:g}), "
              f"{results[-1][2]:.1f} and {results[-1][3]:.1f} s", flush=True)
own, peer, own_seconds, peer_seconds = np.mean(results, axis=0)
print(f"mean: descent {own:.4f}, scikit-learn {peer:.4f}; {own_seconds:.1f} and {peer_seconds:.1f} s a choice")
