"""scikit-learn and whatever else is installed on a tall table: a line of JSON a fit, loose tolerances first.

    tall_peers.py FEATURES LABELS L2 SCALED GOAL    files of NumPy's, or IDX of bytes, which become shares of 255

The objective is mean cross-entropy + l2/2·‖W‖², biases without a penalty, in Double; the goal is a value of it. Of glum the
bias is without a penalty too; snapml and cyanure have none, and are held to the optimum of that problem, computed here. A
solver's fits end with the first that reaches its goal, so that its time is that of the loosest tolerance that will do.
"""
import json
import sys
import time
import warnings

import numpy as np
import scipy.optimize
from sklearn.linear_model import LogisticRegression

import data

warnings.filterwarnings("ignore")
MOST_SECONDS = 60


def objective(x, y, w, b, l2):
    """Of W [classes, features] and b, or of one row of them for two classes."""
    s = x @ np.atleast_2d(w).T + b
    if s.shape[1] == 1:
        loss = np.logaddexp(0, np.where(y == 1, -1, 1) * s[:, 0]).mean()
    else:
        s -= s.max(1, keepdims=True)
        loss = (np.log(np.exp(s).sum(1)) - s[np.arange(len(y)), y]).mean()
    return loss + l2 / 2 * (np.asarray(w) ** 2).sum()


def optimum_without_bias(x, y, l2):
    signs = np.where(y == 1, 1.0, -1.0)

    def value(w):
        z = signs * (x @ w)
        slopes = -signs / (1 + np.exp(z)) / len(y)
        return np.logaddexp(0, -z).mean() + l2 / 2 * w @ w, x.T @ slopes + l2 * w

    options = {"maxiter": 3000, "ftol": 1e-15, "gtol": 1e-9, "maxcor": 30}
    return scipy.optimize.minimize(value, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options=options).fun


def scikit_learn(solver):
    def fit(x, y, l2, tolerance):
        model = LogisticRegression(C=1 / (l2 * len(y)), solver=solver, tol=tolerance, max_iter=1000).fit(x, y)
        return model.coef_, model.intercept_
    return fit


def glum(x, y, l2, tolerance):
    from glum import GeneralizedLinearRegressor
    model = GeneralizedLinearRegressor(family="binomial", alpha=l2, l1_ratio=0, gradient_tol=tolerance).fit(x, y)
    return model.coef_, model.intercept_


def snapml(x, y, l2, tolerance):
    import snapml as library
    model = library.LogisticRegression(max_iter=5000, regularizer=len(y) * l2, n_jobs=2, tol=tolerance, dual=True,
                                       fit_intercept=False).fit(x, y)
    return model.coef_.ravel(), 0


def cyanure(x, y, l2, tolerance):
    from cyanure.estimators import LogisticRegression as Cyanure
    model = Cyanure(penalty="l2", lambda_1=l2, tol=tolerance, max_iter=1000, fit_intercept=False, verbose=False,
                    n_threads=2).fit(x, y)
    return model.get_weights().ravel()[:x.shape[1]], 0


def main(features, labels, l2, scaled, goal):
    x, y = data.load(features, labels, 1 / 255) if features.endswith(".idx") else (np.load(features), np.load(labels))
    l2, goal = float(l2), float(goal)
    if scaled == "yes":
        x = ((x - x.mean(0, dtype=float)) / x.std(0, dtype=float)).astype(np.float32)
    exact = x.astype(float)
    peers = {f"scikit-learn {solver}": (scikit_learn(solver), goal)
             # A Hessian of tens of thousands of parameters is beyond all memory.
             for solver in ("newton-cholesky", "newton-cg", "lbfgs")[x.shape[1] * (y.max() + 1) > 10_000:]}
    if y.max() == 1:
        own = optimum_without_bias(exact, y, l2) * (1 + 1e-4)
        peers |= {"glum": (glum, goal), "snapml": (snapml, own), "cyanure": (cyanure, own)}
    for name, (fit, aim) in peers.items():
        for tolerance in (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6):
            start = time.perf_counter()
            try:
                w, b = fit(x, y, l2, tolerance)
            except ImportError:
                break
            seconds = time.perf_counter() - start
            value = objective(exact, y, w, b, l2)
            print(json.dumps({"solver": name, "tolerance": tolerance, "seconds": seconds, "objective": value,
                              "reached": bool(value <= aim)}), flush=True)
            if value <= aim or seconds > MOST_SECONDS:
                break


if __name__ == "__main__":
    main(*sys.argv[1:])
