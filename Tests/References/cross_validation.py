"""Fold losses for Tests/DescentTests/CrossValidationReferenceTests.swift, by scikit-learn's cross_val_score.

The rows are formulas that the test has too, and so is the fold of each. Scaling is fitted to the rows trained on. Prints
the mean over the folds for each penalty, and a fold each of the first.
"""
import numpy as np
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

n = 40
i = np.arange(n)
x = np.stack([np.sin(i * 1.7), np.cos(i * 0.9) + 0.3 * np.sin(i), (i * 7 % 11) / 5 - 1], axis=1)
numbers = 2 + x @ [1.5, -0.7, 0.2] + 0.6 * np.sin(i * 3.1)
labels = (x @ [1.0, 0.8, -0.5] + np.sin(i * 2.3) > 0.0).astype(int)
# Whole groups of a fold each, so that no drawing has a part in it.
groups = i * 3 % 4
folds = [(i[groups != g], i[groups == g]) for g in range(4)]
train = 30
sizes = {len(rows) for rows, _ in folds}
assert sizes == {train}, sizes


def show(name, make, y, scoring, factor, strengths):
    scores = [factor * cross_val_score(make_pipeline(StandardScaler(), make(s)), x, y, cv=folds, scoring=scoring)
              for s in strengths]
    print(name, "means", *(repr(float(s.mean())) for s in scores))
    print(name, "folds", *(repr(float(s)) for s in scores[0]))


def logistic(l2):
    return LogisticRegression(C=1 / (l2 * train), tol=1e-14, max_iter=10000, solver="newton-cholesky")


show("logistic", logistic, labels, "neg_log_loss", -1, [0.3, 0.03, 0.003])
show("auc", logistic, labels, "roc_auc", 1, [0.3, 0.03, 0.003])
show("accuracy", logistic, labels, "accuracy", 1, [0.3, 0.03, 0.003])
# ½(s − t)², where scikit-learn has the square.
show("lasso", lambda l1: ElasticNet(alpha=l1, l1_ratio=1, tol=1e-14, max_iter=100000), numbers,
     "neg_mean_squared_error", -0.5, [0.3, 0.03, 0.003])
show("rmse", lambda l2: Ridge(alpha=l2 * train, tol=1e-14), numbers,
     "neg_root_mean_squared_error", -1, [0.3, 0.03, 0.003])
