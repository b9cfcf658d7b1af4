"""The objectives of five of benchopt's suites in one benchmark, so that a solver can be tried without them.

Names, sums and what solvers are given are those of benchmark_lasso, benchmark_logreg_l1, benchmark_logreg_l2,
benchmark_quantile_regression and benchmark_linear_svm_binary_classif_no_intercept.
"""
import numpy as np
from benchopt import BaseObjective

NAMES = {
    "lasso": "Lasso Regression", "logreg_l1": "Sparse Logistic Regression", "logreg_l2": "L2 Logistic Regression",
    "quantile": "L1-regularized Quantile Regression", "svm": "SVM Binary Classification (no intercept)"}


class Objective(BaseObjective):
    name = "Linear models"
    min_benchopt_version = "1.5"
    parameters = {"suite, fit_intercept": [
        ("lasso", False), ("lasso", True), ("logreg_l1", False), ("logreg_l2", False), ("logreg_l2", True),
        ("quantile", False), ("quantile", True), ("svm", False)]}

    def set_data(self, X, y):
        self.X, self.n = X, len(y)
        self.y = y if self.suite in ("lasso", "quantile") else np.where(y > np.median(y), 1.0, -1.0)
        self.name = NAMES[self.suite]
        centred = self.y - self.y.mean() * self.fit_intercept
        # A tenth of the penalty that leaves no weight.
        self.lmbd = {
            "lasso": 0.1 * abs(X.T @ centred).max(), "logreg_l1": 0.05 * abs(X.T @ self.y).max(), "logreg_l2": 1.0,
            "quantile": 0.1 * abs(X.T @ (np.sign(self.y) / 2 + 0.3)).max() / self.n, "svm": 0}[self.suite]

    def get_objective(self):
        given = {"X": self.X, "y": self.y}
        if self.suite == "svm":
            return given | {"C": 0.1}
        given["lmbd"] = self.lmbd
        if self.suite == "quantile":
            given["quantile"] = 0.8
        return given if self.suite == "logreg_l1" else given | {"fit_intercept": self.fit_intercept}

    def evaluate_result(self, beta=None, params=None):
        w, b = beta if params is None else params, 0
        if self.fit_intercept:
            w, b = w[:-1], w[-1]
        scores = self.X @ w + b
        l1, square = abs(w).sum(), w @ w
        if self.suite == "lasso":
            return dict(value=0.5 * ((self.y - scores) ** 2).sum() + self.lmbd * l1)
        if self.suite == "quantile":
            rest = self.y - scores
            return dict(value=np.maximum(0.8 * rest, -0.2 * rest).mean() + self.lmbd * l1)
        if self.suite == "svm":
            return dict(value=0.1 * np.maximum(0, 1 - self.y * scores).sum() + 0.5 * square)
        penalty = self.lmbd * (l1 if self.suite == "logreg_l1" else square / 2)
        return dict(value=np.logaddexp(0, -self.y * scores).sum() + penalty)

    def get_one_result(self):
        return {"params" if self.suite == "quantile" else "beta": np.zeros(self.X.shape[1] + self.fit_intercept)}
