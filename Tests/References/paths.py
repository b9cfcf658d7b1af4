"""Coefficients along paths of l1, by scikit-learn and glmnet, for Tests/DescentTests/Paths/PathReferenceTests.swift: writes
paths.json beside it.

    python3 Tests/References/paths.py

The rows are the digits of digits.txt: pixels of which half say next to nothing, on one scale. glmnet's values are
printed as their largest distance from scikit-learn's where R and its package glmnet are there.
"""
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression, lasso_path

here = Path(__file__).parent
lines = [line.split() for line in (here / "digits.txt").read_text().splitlines()[1:]]
x = np.array([[ord(c) - 97 for c in text] for _, text in lines]) / 16.0
labels = np.array([int(label) for label, _ in lines])
n = len(labels)
numbers = labels + np.sin(np.arange(n))
two = (labels > 4).astype(int)
three = labels % 3
shares = [1, 0.5, 0.2, 0.1, 0.05, 0.02]


def largest(right):
    return np.abs(x.T @ (right - right.mean(0)) / n).max()


def squared(penalties):
    w = lasso_path(x - x.mean(0), numbers - numbers.mean(), alphas=penalties, tol=1e-15, max_iter=10**6)[1]
    return [[w[:, k].tolist()] for k in range(len(penalties))]


def classes(y, penalties):
    found = []
    for penalty in penalties:
        model = LogisticRegression(C=1 / (n * penalty), l1_ratio=1, solver="saga", tol=1e-13, max_iter=10**6)
        found.append(model.fit(x, y).coef_.tolist())
    return found


def glmnet(family, y, penalties):
    """The same; None where there is no glmnet."""
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(f"{folder}/x", x)
        np.savetxt(f"{folder}/y", y)
        np.savetxt(f"{folder}/l", penalties)
        program = f"""
          suppressPackageStartupMessages(library(glmnet))
          x <- as.matrix(read.table("{folder}/x")); y <- scan("{folder}/y", quiet=TRUE); l <- scan("{folder}/l", quiet=TRUE)
          m <- glmnet(x, if ("{family}" == "gaussian") y else factor(y), family="{family}", lambda=l, thresh=1e-22,
                      standardize=FALSE, maxit=1e8)
          b <- if ("{family}" == "multinomial") do.call(rbind, lapply(m$beta, as.matrix)) else as.matrix(m$beta)
          write.table(format(b, digits=17), "{folder}/b", quote=FALSE, row.names=FALSE, col.names=FALSE)"""
        try:
            subprocess.run(["Rscript", "--vanilla", "-e", program], check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        b = np.loadtxt(f"{folder}/b")
    return [b[:, k].reshape(-1, x.shape[1]).tolist() for k in range(len(penalties))]


result = {}
for name, family, y, right in (("squared", "gaussian", numbers, numbers), ("logistic", "binomial", two, two),
                               ("softmax", "multinomial", three, np.eye(3)[three])):
    penalties = largest(right) * np.array(shares)
    own = squared(penalties) if name == "squared" else classes(y, penalties)
    result[name] = {"penalties": penalties.tolist(), "weights": own}
    other = glmnet(family, y, penalties)
    if other:
        scale = np.abs(own).max()
        print(name, "scikit-learn and glmnet differ by", np.abs(np.array(own) - np.array(other)).max() / scale)
(here / "paths.json").write_text(json.dumps(result))
