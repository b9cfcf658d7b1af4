"""What scikit-learn has for each of the suites."""
import warnings

import numpy as np
from benchopt import BaseSolver
from benchopt.stopping_criterion import SufficientProgressCriterion
from sklearn.linear_model import Lasso, LogisticRegression, QuantileRegressor
from sklearn.svm import LinearSVC


class Solver(BaseSolver):
    name = "scikit-learn"
    requirements = ["scikit-learn"]
    stopping_criterion = SufficientProgressCriterion(patience=8, strategy="tolerance")

    def set_objective(self, X, y, fit_intercept=False, lmbd=None, C=None, quantile=None):
        self.X, self.y, self.fit_intercept = X, y, fit_intercept
        self.key = "params" if quantile else "beta"
        n, suite = len(y), self._objective.name
        warnings.filterwarnings("ignore")
        if suite == "Lasso Regression":
            self.make = lambda tol: Lasso(alpha=lmbd / n, fit_intercept=fit_intercept, tol=tol, max_iter=100000)
        elif suite == "SVM Binary Classification (no intercept)":
            self.make = lambda tol: LinearSVC(C=C, loss="hinge", fit_intercept=False, tol=tol, max_iter=1000000)
        elif quantile:
            self.make = lambda tol: QuantileRegressor(
                quantile=quantile, alpha=lmbd, fit_intercept=fit_intercept, solver="highs-ipm")
        elif suite == "Sparse Logistic Regression":
            self.make = lambda tol: LogisticRegression(
                l1_ratio=1, C=1 / lmbd, solver="liblinear", fit_intercept=False, tol=tol, max_iter=100000)
        else:
            self.make = lambda tol: LogisticRegression(
                C=1 / lmbd, solver="newton-cg", fit_intercept=fit_intercept, tol=tol, max_iter=10000)

    def run(self, tolerance):
        if tolerance > 1:
            self.beta = np.zeros(self.X.shape[1] + self.fit_intercept)
            return
        model = self.make(max(1e-13, tolerance)).fit(self.X, self.y)
        w = np.ravel(model.coef_)
        self.beta = np.append(w, model.intercept_) if self.fit_intercept else w

    def get_result(self):
        return {self.key: self.beta}
