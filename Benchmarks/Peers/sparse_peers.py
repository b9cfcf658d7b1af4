"""scikit-learn and its LIBLINEAR on sparse rows: a line of JSON a fit, loose tolerances first.

    sparse_peers.py TRAIN.svm TEST.svm GOAL_1e-4 GOAL_1e-5 C...

The goals are objectives of softmax regression at two strengths of l2, mean loss + l2/2·‖W‖². A solver's fits end with the
first that reaches its goal, so that its time is that of the loosest tolerance that will do. LIBLINEAR is given each C.
"""
import json
import sys
import time
import warnings

import numpy as np
from sklearn.datasets import load_svmlight_file
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

warnings.filterwarnings("ignore")
LADDER = {"newton-cg": (1e-3, 3e-4, 1e-4, 1e-5), "lbfgs": (1e-3, 3e-4, 1e-4, 1e-5),
          "sag": (1e-2, 3e-3, 1e-3, 1e-4), "saga": (1e-2, 3e-3, 1e-3, 1e-4)}


def rows(path, features=None):
    """As 32-bit indices, which is what scikit-learn's solvers take."""
    x, y = load_svmlight_file(path, n_features=features)
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)
    return x, y.astype(int)


def timed(estimator, x, y):
    start = time.perf_counter()
    estimator.fit(x, y)
    return time.perf_counter() - start


def objective(model, x, y, l2):
    s = x @ model.coef_.T + model.intercept_
    s -= s.max(1, keepdims=True)
    return (np.log(np.exp(s).sum(1)) - s[np.arange(len(y)), y]).mean() + l2 / 2 * (model.coef_**2).sum()


def softmax(x, y, l2, goal):
    single = x.astype(np.float32)
    for solver, tolerances in LADDER.items():
        for tolerance in tolerances:
            model = LogisticRegression(C=1 / (l2 * len(y)), solver=solver, tol=tolerance, max_iter=1000)
            seconds = timed(model, single, y)
            value = objective(model, x, y, l2)
            tell(loss="softmax", l2=l2, solver=f"scikit-learn {solver}", tolerance=tolerance, seconds=seconds,
                 reached=bool(value <= goal), objective=value)
            if value <= goal or seconds > 60:
                break


def hinge(x, y, test, strengths):
    for c in strengths:
        model = LinearSVC(multi_class="crammer_singer", C=c, tol=0.1)
        seconds = timed(model, x, y)
        tell(loss="hinge", C=c, solver="LIBLINEAR -s 4", seconds=seconds, accuracy=model.score(*test))


def tell(**line):
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    train, test, first, second, *strengths = sys.argv[1:]
    x, y = rows(train)
    for l2, goal in zip((1e-4, 1e-5), (first, second)):
        softmax(x, y, l2, float(goal))
    hinge(x, y, rows(test, x.shape[1]), map(float, strengths))
