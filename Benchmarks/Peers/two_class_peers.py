"""Logistic regression of two classes with l2 by peers that keep W alone, or W and b: a line of JSON a solver.

    two_class_peers.py {dense X.npy Y.npy | sparse TRAIN.svm} L2 TARGET BUDGET THREADS

Each is held to the optimum of its own problem, with or without a bias, computed here in double by SciPy. Its tolerances are
swept, loosest first; what is told is the first fit that is within TARGET of that optimum, relative, all objectives in double.
"""
import json
import sys
import time
import warnings

import numpy as np
import scipy.optimize
import scipy.sparse

warnings.filterwarnings("ignore")


class Problem:
    def __init__(self, x, y, l2):
        self.x, self.y, self.l2, self.rows = x, y, l2, x.shape[0]
        self.wide, self.signs = x.astype(np.float64), 2.0 * y - 1
        self.optima = {bias: self.optimum(bias) for bias in (False, True)}

    def value(self, w, b):
        margins = self.signs * (self.wide @ w + b)
        return np.logaddexp(0, -margins).mean() + self.l2 / 2 * w @ w

    def optimum(self, bias):
        def f(v):
            w, b = (v[:-1], v[-1]) if bias else (v, 0)
            margins = self.signs * (self.wide @ w + b)
            slopes = -self.signs / (1 + np.exp(np.minimum(margins, 700))) / self.rows
            gradient = self.wide.T @ slopes + self.l2 * w
            value = np.logaddexp(0, -margins).mean() + self.l2 / 2 * w @ w
            return value, np.append(gradient, slopes.sum()) if bias else gradient

        start = np.zeros(self.x.shape[1] + bias)
        options = dict(maxiter=3000, maxfun=4000, ftol=1e-15, gtol=1e-9, maxcor=30)
        return scipy.optimize.minimize(f, start, jac=True, method="L-BFGS-B", options=options).fun


def sweep(name, problem, bias, settings, fit, target, budget):
    """Tells the first fit that is near enough, or the last."""
    line = None
    for setting in settings:
        try:
            start = time.perf_counter()
            w, b = fit(setting)
            seconds = time.perf_counter() - start
        except Exception as error:
            line = line or {"solver": name, "failure": f"{type(error).__name__}: {error}"[:200]}
            break
        value = float(problem.value(np.asarray(w, np.float64).ravel(), float(b)))
        reached = bool(value <= problem.optima[bias] * (1 + target))
        line = {"solver": name, "bias": bias, "setting": f"{setting:g}", "seconds": seconds, "reached": reached,
                "above": value / problem.optima[bias] - 1}
        if reached or seconds > budget:
            break
    print(json.dumps(line), flush=True)


def snap(problem, threads, dual):
    import snapml

    def fit(tolerance):
        model = snapml.LogisticRegression(
            max_iter=5000, regularizer=problem.rows * problem.l2, n_jobs=threads, tol=tolerance, dual=dual,
            fit_intercept=False)
        model.fit(problem.x, problem.y)
        return model.coef_, 0

    return fit


def cyanure(problem, threads, solver):
    import cyanure.estimators as estimators

    def fit(tolerance):
        model = estimators.LogisticRegression(
            penalty="l2", lambda_1=problem.l2, tol=tolerance, solver=solver, max_iter=1000, fit_intercept=False,
            verbose=False, n_threads=threads)
        model.fit(problem.x, problem.y)
        return model.get_weights().ravel()[: problem.x.shape[1]], 0

    return fit


def liblinear(problem, threads, solver):
    from liblinear.liblinearutil import parameter, problem as rows, train

    prepared = rows(problem.y, scipy.sparse.csr_matrix(problem.x) if scipy.sparse.issparse(problem.x) else problem.wide)

    def fit(tolerance):
        options = f"-s {solver} -c {1 / (problem.rows * problem.l2)} -e {tolerance} -m {threads} -q"
        model = train(prepared, parameter(options))
        w = np.array([model.w[i] for i in range(problem.x.shape[1])])
        return w if model.label[0] == 1 else -w, 0

    return fit


def scikit(problem, threads, solver):
    from sklearn.linear_model import LogisticRegression

    def fit(tolerance):
        model = LogisticRegression(C=1 / (problem.rows * problem.l2), solver=solver, tol=tolerance, max_iter=2000)
        model.fit(problem.x, problem.y)
        return model.coef_, model.intercept_[0]

    return fit


def glum(problem, threads, _):
    import glum

    def fit(tolerance):
        model = glum.GeneralizedLinearRegressor(
            family="binomial", alpha=problem.l2, l1_ratio=0, gradient_tol=tolerance).fit(problem.x, problem.y)
        return model.coef_, model.intercept_

    return fit


LADDER = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
PEERS = [("snapml dual", snap, True, False), ("snapml primal", snap, False, False),
         ("cyanure auto", cyanure, "auto", False), ("cyanure qning-miso", cyanure, "qning-miso", False),
         ("cyanure catalyst-miso", cyanure, "catalyst-miso", False),
         ("LIBLINEAR multicore -s 0", liblinear, 0, False), ("LIBLINEAR multicore -s 7", liblinear, 7, False),
         ("scikit-learn newton-cg", scikit, "newton-cg", True), ("scikit-learn lbfgs", scikit, "lbfgs", True)]
DENSE = [("scikit-learn newton-cholesky", scikit, "newton-cholesky", True), ("glum", glum, None, True)]


def load(kind, files):
    if kind == "dense":
        return np.load(files[0]), np.load(files[1]).astype(int)
    from sklearn.datasets import load_svmlight_file

    x, y = load_svmlight_file(files[0], dtype=np.float32)
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)
    return x, (y > 0).astype(int)


if __name__ == "__main__":
    kind, *files, l2, target, budget, threads = sys.argv[1:]
    problem = Problem(*load(kind, files), float(l2))
    for name, make, how, bias in PEERS + (DENSE if kind == "dense" else []):
        try:
            fit = make(problem, int(threads), how)
        except ImportError as error:
            print(json.dumps({"solver": name, "failure": str(error)}), flush=True)
            continue
        sweep(name, problem, bias, LADDER, fit, float(target), float(budget))
