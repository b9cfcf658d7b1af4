"""Fits what `descent train` prints as "the same penalty elsewhere" with scikit-learn, and compares the weights.

python penalty_elsewhere.py DESCENT      (needs numpy and scikit-learn; LIBLINEAR is the one inside scikit-learn)

LIBLINEAR's -R is not within scikit-learn's reach: an intercept_scaling of 1e4 makes the penalty of the bias vanish.
Prints the largest difference of the decision function, relative to its spread; exits with 1 where one is above 1e-3.
"""
import re, subprocess, sys, tempfile, warnings
from pathlib import Path

import numpy as np
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.svm import SVC, LinearSVC

warnings.filterwarnings("ignore")
rng = np.random.default_rng(5)
X = rng.normal(size=(120, 4))
noise = rng.logistic(size=(120, 3))
classes = {
    2: (X[:, 0] - 0.5 * X[:, 1] + noise[:, 0] > 0.3).astype(int),
    3: np.argmax(X[:, :3] + noise, axis=1),
    0: 3 + X @ [1, -2, 0.5, 0] + noise[:, 0],
}


def words(text, name):
    """The number after `name`, and the mixture after that."""
    strength = float(re.search(re.escape(name) + r" ([\d.e+-]+)", text).group(1))
    share = re.search(re.escape(name) + r" [\d.e+-]+ with l1_ratio ([\d.e+-]+)", text)
    return strength, float(share.group(1)) if share else None


def logistic(text, l1, l2):
    c, share = words(text, "scikit-learn's C")
    return LogisticRegression(C=c, l1_ratio=share or 0, solver="saga" if share else "lbfgs", tol=1e-9, max_iter=100000)


def liblinear_logistic(text, l1, l2):
    c, _ = words(text, "LIBLINEAR's C")
    return LogisticRegression(C=c, l1_ratio=1 if l1 else 0, solver="liblinear", intercept_scaling=1e4, tol=1e-9, max_iter=100000)


def liblinear_svc(text, l1, l2):
    c, _ = words(text, "LIBLINEAR's C")
    return LinearSVC(C=c, penalty="l1" if l1 else "l2", dual=False, intercept_scaling=1e4, tol=1e-9, max_iter=1000000)


def svc(text, l1, l2):
    c, _ = words(text, "scikit-learn's SVC(kernel='linear') C")
    return SVC(kernel="linear", C=c, tol=1e-8)


def ridge(text, l1, l2):
    return Ridge(words(text, "scikit-learn's Ridge alpha")[0])


def elastic_net(text, l1, l2):
    alpha, share = words(text, "scikit-learn's ElasticNet alpha")
    return ElasticNet(alpha, l1_ratio=share, tol=1e-12, max_iter=100000)


cases = [
    (count, loss, l1, l2, peers)
    for count, loss, penalties, peers in [
        (2, "softmax", "both", [logistic]), (2, "softmax", "one", [liblinear_logistic]),
        (2, "logistic", "both", [logistic]), (2, "logistic", "one", [liblinear_logistic]),
        (3, "softmax", "both", [logistic]), (2, "hinge", "l2", [svc]), (2, "squared-hinge", "one", [liblinear_svc]),
        (0, "squared", "l2", [ridge]), (0, "squared", "l1", [elastic_net]),
    ]
    for l1, l2 in {
        "both": [(0, 0.02), (0.01, 0), (0.01, 0.02)], "one": [(0, 0.02), (0.01, 0)],
        "l2": [(0, 0.02)], "l1": [(0.01, 0), (0.01, 0.02)],
    }[penalties]
    for peers in [peers]
]

folder = Path(tempfile.mkdtemp())
worst = 0
for count, loss, l1, l2, peers in cases:
    y = classes[count]
    names = y if count == 0 else np.array([f"c{k}" for k in y])
    (folder / "d.csv").write_text("a,b,c,d,y\n" + "".join(",".join(map(str, [*x, t])) + "\n" for x, t in zip(X.tolist(), names.tolist())))
    command = [sys.argv[1], "train", "d.csv", "--loss", loss, "--l1", str(l1), "--l2", str(l2), "--scaling", "none"]
    command += ["--precision", "double", "--tolerance", "1e-10", "-o", "m.onnx"]
    log = subprocess.run(command, cwd=folder, capture_output=True, text=True).stderr
    line = next(l for l in log.splitlines() if "elsewhere" in l)
    arguments = [sys.argv[1], "predict", "m.onnx", "d.csv", "--scores", "--output-header", "no"]
    lines = subprocess.run(arguments, cwd=folder, capture_output=True, text=True).stdout.split()
    scores = np.array([[float(s) for s in (l.split(",")[1:] if count else [l.split(",")[0]])] for l in lines])
    ours = scores[:, 1] - scores[:, 0] if count == 2 and scores.shape[1] == 2 else scores.squeeze()
    if count == 3:
        ours = ours - ours.mean(axis=1, keepdims=True)
    for peer in peers:
        model = peer(line, l1, l2).fit(X, y)
        theirs = model.predict(X) if count == 0 else model.decision_function(X)
        if count == 3:
            theirs = theirs - theirs.mean(axis=1, keepdims=True)
        difference = np.abs(ours - theirs).max() / np.ptp(theirs)
        worst = max(worst, difference)
        print(f"{count} {loss:14} l1 {l1:<5} l2 {l2:<5} {peer.__name__:19} {difference:.1e}   {line}")
sys.exit(worst > 1e-3)
