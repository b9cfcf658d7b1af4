"""What scikit-learn's calibrators make of a few scores, in Tests/References/calibration.json: CalibrationReferenceTests
compares. Needs numpy, scipy and scikit-learn, which scripts/check-metrics brings.

    python3 Tests/References/calibration.py

Its sigmoid is fitted by L-BFGS to some six digits; the optimum is found from there by the gradient's root.
"""
import json
import pathlib
import warnings

import numpy as np
import sklearn.calibration
from scipy.optimize import minimize, root
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.frozen import FrozenEstimator

warnings.filterwarnings("ignore")
rng = np.random.default_rng(31)
distance = 0.0


def polished(loss_gradient, start, **options):
    global distance
    found = minimize(loss_gradient, start, **options)
    best = root(lambda ab: loss_gradient(ab)[1], found.x, tol=1e-15)
    assert np.abs(loss_gradient(best.x)[1]).max() <= 1e-9, loss_gradient(best.x)
    distance = max(distance, np.abs(best.x - found.x).max() / max(1, np.abs(best.x).max()))
    found.x = best.x
    return found


sklearn.calibration.minimize = polished


class Scores(ClassifierMixin, BaseEstimator):
    """A classifier whose features are its scores."""

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        return self

    def decision_function(self, X):
        return X[:, 0] if X.shape[1] == 1 else X

    def predict(self, X):
        return self.classes_[X.argmax(1) if X.shape[1] > 1 else (X[:, 0] > 0).astype(int)]


def calibrated(name, scores, labels, points=(), weighted=False):
    scores = np.atleast_2d(np.asarray(scores, float).T).T
    labels = np.asarray(labels)
    points = np.vstack([scores[::7], np.reshape(points, (-1, scores.shape[1]))])
    weights = 1.0 + np.arange(len(labels)) % 3 if weighted else None
    case = {"name": name, "scores": scores.tolist(), "labels": labels.tolist(), "points": points.tolist()}
    if weighted:
        case["weights"] = weights.tolist()
    for method in ("sigmoid", "isotonic"):
        model = CalibratedClassifierCV(FrozenEstimator(Scores().fit(scores, labels)), method=method, cv=2)
        case[method] = model.fit(scores, labels, sample_weight=weights).predict_proba(points).tolist()
    return case


def overlapping(n, share, size=1.0):
    labels = (rng.random(n) < share).astype(int)
    labels[:4] = [0, 0, 1, 1]
    return size * (rng.normal(size=n) + 1.5 * labels), labels


def several(n, classes):
    labels = np.arange(n) % classes
    return rng.normal(size=(n, classes)) + 1.2 * (np.arange(classes) == labels[:, None]), labels


outside = [-1e6, -9, 0.125, 9, 1e6]
s, y = overlapping(120, 0.4)
cases = [
    calibrated("two classes", s, y, outside),
    calibrated("two classes, weighted", s, y, outside, weighted=True),
    calibrated("ties", s.round(1), y, outside),
    calibrated("the wrong way", -s[:60], y[:60], outside),
    calibrated("few positives", *overlapping(200, 0.05), outside),
    calibrated("large scores", *overlapping(80, 0.5, 1e4), outside),
    calibrated("small scores", *overlapping(80, 0.5, 1e-6), outside),
    calibrated("far from 0", s[:80] + 1000, y[:80], outside),
    calibrated("parted", [-3, -2.5, -1, 0.5, 2, 2.25], [0, 0, 0, 1, 1, 1], outside),
    calibrated("all scores equal", [0.5] * 6, [0, 1, 0, 0, 1, 0]),
    calibrated("four rows", [1, 2, 3, 4], [0, 1, 0, 1], outside),
    calibrated("three classes", *several(90, 3), [[-9, -9, -9], [9, 9, 9], [0, 0.5, 1]]),
    calibrated("five classes, weighted", *several(100, 5), [[-9] * 5, [0, 1, 2, 3, 4]], weighted=True),
]
path = pathlib.Path(__file__).with_name("calibration.json")
path.write_text(json.dumps(cases, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
print(f"scikit-learn's own sigmoids are within {distance:.1e} of the optimum")
