"""Coefficients along whole paths of real tables, those of `descent path` against glmnet's and scikit-learn's.

    Tests/References/path_tables.py DESCENT

Each loss has a table: patients (scikit-learn's diabetes), customers and digits of Data, with standard columns. Along l1 the
peers are glmnet, and for squared errors lasso_path; along l2 scikit-learn's Ridge, LogisticRegression and
PoissonRegressor. Of softmax only the differences between classes are told: what all classes share costs nothing. What is
printed is the largest distance of all points, relative to the largest coefficient of its point; 1e-6 is asked for.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LogisticRegression, PoissonRegressor, Ridge, lasso_path

data = Path(__file__).parents[2] / "Data"
POINTS, GOAL = 8, 1e-6
FAMILIES = {"squared": "gaussian", "logistic": "binomial", "softmax": "multinomial", "poisson": "poisson"}


def standard(x):
    x = x[:, x.std(0) > 0]
    return (x - x.mean(0)) / x.std(0)


def tables():
    """For each loss x, y and how far its paths go."""
    patients = load_diabetes()
    yield "squared", standard(patients.data), patients.target, 1e-3
    rows = np.loadtxt(data / "churn/churn.csv", delimiter=",", skiprows=1, dtype=str)
    names = (data / "churn/churn.csv").read_text().split("\n", 1)[0].split(",")
    column = {name: rows[:, j] for j, name in enumerate(names)}
    words = [column[name] == word for name in ("region", "contract", "payment", "paperless")
             for word in np.unique(column[name])[1:]]
    numbers = [np.where(column[name] == "", "nan", column[name]).astype(float)
               for name in ("age", "months", "monthly_charge", "data_gb")]
    numbers = [np.where(np.isnan(number), np.nanmean(number), number) for number in numbers]
    calls = column["calls_to_support"].astype(float)
    yield "logistic", standard(np.column_stack(words + numbers + [calls])), (column["churned"] == "yes").astype(int), 1e-3
    yield "poisson", standard(np.column_stack(words + numbers)), calls, 1e-2
    pixels = np.loadtxt(data / "digits/digits.csv", delimiter=",", skiprows=1, dtype=str)
    yield "softmax", standard(pixels[:, :-1].astype(float)), pixels[:, -1].astype(int), 1e-1


def own(descent, loss, x, y, along, share, folder):
    """Strengths, and coefficients `[points, classes, columns]`."""
    np.save(f"{folder}/x.npy", x)
    np.save(f"{folder}/y.npy", y)
    subprocess.run([descent, "path", f"{folder}/x.npy", "--labels", f"{folder}/y.npy", "--loss", loss, "--along", along,
                    *(["--l2", "0"] if along == "l1" else []), "--scaling", "none", "--precision", "double",
                    "--tolerance", "1e-14", "--points", str(POINTS), "--smallest", str(share), "--output", f"{folder}/p.json", "--force",
                    "--quiet"], check=True)
    points = json.loads(Path(f"{folder}/p.json").read_text())["points"]
    found = []
    for point in points:
        w = np.zeros(len(point["intercepts"]) * x.shape[1])
        w[point["weights"]["indices"]] = point["weights"]["values"]
        found.append(w.reshape(-1, x.shape[1]))
    return [point[along] for point in points], np.array(found)


def glmnet(loss, x, y, penalties, folder):
    family, classes = FAMILIES[loss], y.max() + 1 if loss == "softmax" else 1
    np.savetxt(f"{folder}/x", x, fmt="%.17g")
    np.savetxt(f"{folder}/y", y, fmt="%.17g")
    np.savetxt(f"{folder}/l", penalties, fmt="%.17g")
    subprocess.run(["Rscript", "--vanilla", "-e", f"""
      suppressPackageStartupMessages(library(glmnet))
      x <- as.matrix(read.table("{folder}/x")); y <- scan("{folder}/y", quiet=TRUE); l <- scan("{folder}/l", quiet=TRUE)
      glmnet.control(fdev=0, devmax=1)
      m <- glmnet(x, if ("{loss}" %in% c("logistic", "softmax")) factor(y) else y, family="{family}", lambda=l,
                  thresh=1e-20, standardize=FALSE, maxit=1e8)
      b <- if ("{loss}" == "softmax") do.call(rbind, lapply(m$beta, as.matrix)) else as.matrix(m$beta)
      write.table(format(b, digits=17), "{folder}/b", quote=FALSE, row.names=FALSE, col.names=FALSE)"""], check=True)
    return np.loadtxt(f"{folder}/b").T.reshape(len(penalties), classes, -1)


def scikit_learn(loss, x, y, penalties, along):
    n = len(x)
    if along == "l1":
        w = lasso_path(x, y - y.mean(), alphas=penalties, tol=1e-15, max_iter=10**6)[1]
        return w.T[:, None, :]
    found = []
    for penalty in penalties:
        if loss == "squared":
            model = Ridge(alpha=n * penalty, solver="cholesky")
        elif loss == "poisson":
            model = PoissonRegressor(alpha=penalty, solver="newton-cholesky", tol=1e-13, max_iter=1000)
        else:
            model = LogisticRegression(C=1 / (n * penalty), solver="newton-cg", tol=1e-12, max_iter=10000)
        found.append(np.atleast_2d(model.fit(x, y).coef_))
    return np.array(found)


def distance(own, other):
    def told(w):
        return w - w.mean(1, keepdims=True) if w.shape[1] > 1 else w
    # At the largest strength all are 0.
    return max(np.abs(a - b).max() / np.abs(b).max() for a, b in zip(told(own), told(other)) if np.abs(b).max() > 1e-12)


worst = 0
for loss, x, y, share in tables():
    for along, peer in (("l1", "glmnet"), ("l1", "scikit-learn"), ("l2", "scikit-learn")):
        if (along, peer) == ("l1", "scikit-learn") and loss != "squared":
            continue
        with tempfile.TemporaryDirectory() as folder:
            penalties, found = own(sys.argv[1], loss, x, y, along, share, folder)
            other = (glmnet(loss, x, y, penalties, folder) if peer == "glmnet"
                     else scikit_learn(loss, x, y, penalties, along))
        apart = distance(found, other)
        worst = max(worst, apart)
        print(f"{loss}, {x.shape[0]}×{x.shape[1]}, {len(penalties)} points along {along}: {peer} differs by {apart:.1e}",
              flush=True)
sys.exit(int(worst > GOAL))
