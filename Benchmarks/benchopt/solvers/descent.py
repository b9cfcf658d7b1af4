"""Descent in benchopt's suites: copy this file into a suite's folder `solvers`.

It runs the tool `descent`, which is found by the variable DESCENT or else on the path. What is timed is the whole command: its
start, reading the data from a file that was written before, the fit, its proof, and writing the model.
"""
import json
import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from benchopt import BaseSolver
from benchopt.stopping_criterion import SufficientProgressCriterion

# By the name that a suite's objective has: what to fit, and the sums of the suite in the tool's means.
#   lasso ½‖y − Xβ‖² + λ‖β‖₁, logistic Σ log(1 + exp(−yᵢxᵢβ)) + λ‖β‖₁ or (λ/2)‖β‖², both n times the tool's objective;
#   quantile (1/n)·Σ pinball + λ‖β‖₁, the tool's; SVM C·Σ max(0, 1 − yᵢxᵢβ) + ½‖β‖²: of two templates ±β/2, whose
#   squares sum up to half of β's.
SUITES = {
    "Lasso Regression": lambda n, lmbd, **_: ["squared", "--l1", lmbd / n],
    "Sparse Logistic Regression": lambda n, lmbd, **_: ["logistic", "--l1", lmbd / n],
    "L2 Logistic Regression": lambda n, lmbd, **_: ["logistic", "--l2", lmbd / n],
    "L1-regularized Quantile Regression":
        lambda n, lmbd, quantile, **_: ["quantile", "--quantile", quantile, "--l1", lmbd],
    "SVM Binary Classification (no intercept)": lambda n, C, **_: ["hinge", "--l2", 2 / (n * C)],
}
QUANTILE = "L1-regularized Quantile Regression"
REGRESSIONS = ("Lasso Regression", QUANTILE)


def tensors(path):
    """The arrays of a safetensors file, by name."""
    data = Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    kinds = {"F32": "<f4", "F64": "<f8"}
    return {
        name: np.frombuffer(data[8 + size:][slice(*one["data_offsets"])], kinds[one["dtype"]]).reshape(one["shape"])
        for name, one in json.loads(data[8:8 + size]).items() if name != "__metadata__"}


class Solver(BaseSolver):
    name = "descent"
    requirements = ["numpy"]
    # Newton's steps meet many tolerances at once: a few fits that are alike are no end.
    stopping_criterion = SufficientProgressCriterion(patience=8, strategy="tolerance")
    parameters = {"precision": ["double"]}

    def skip(self, X, **_):
        if shutil.which(os.environ.get("DESCENT", "descent")) is None:
            return True, "no descent on the path, nor in the variable DESCENT"
        if self._objective.name not in SUITES:
            return True, f"it does not know the objective '{self._objective.name}'"
        if not hasattr(X, "__array__") and not hasattr(X, "tocsr"):
            return True, "it reads matrices, not operators"
        return False, None

    def set_objective(self, X, y, fit_intercept=False, **settings):
        suite = self._objective.name
        self.key = "params" if suite == QUANTILE else "beta"
        self.fit_intercept = fit_intercept
        self.beta = np.zeros(X.shape[1] + bool(fit_intercept))
        self.folder = tempfile.TemporaryDirectory()
        options = SUITES[suite](len(y), **settings)
        if "--l2" not in options:
            options += ["--l2", 0]
        self.command = [
            os.environ.get("DESCENT", "descent"), "train", *self.files(X, y), "--loss", *map(str, options),
            "--scaling", "none", "--precision", self.precision, "--quiet", "--output", f"{self.folder.name}/model.safetensors",
            *([] if fit_intercept else ["--no-intercept"])]

    def files(self, X, y):
        """Writes the data; classes as 0 and 1."""
        targets = y if self._objective.name in REGRESSIONS else (np.asarray(y) > 0).astype(np.int64)
        if hasattr(X, "tocsr"):
            from sklearn.datasets import dump_svmlight_file
            path = f"{self.folder.name}/data.svm"
            dump_svmlight_file(X.tocsr(), targets, path, zero_based=False)
            return [path]
        np.save(f"{self.folder.name}/x.npy", np.ascontiguousarray(X))
        np.save(f"{self.folder.name}/y.npy", targets)
        return [f"{self.folder.name}/x.npy", "--labels", f"{self.folder.name}/y.npy"]

    def run(self, tolerance):
        if tolerance > 1:
            self.beta[:] = 0
            return
        # benchopt's first tolerance is 1; ours is of the gap, relative to the objective, and Double tells none below 1e-13.
        command = [*self.command, "--tolerance", str(max(1e-13, 0.01 * tolerance))]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        found = tensors(f"{self.folder.name}/model.safetensors")
        w, b = found["weights"].astype(float), found["biases"].astype(float)
        w, b = (w[1] - w[0], b[1] - b[0]) if len(w) == 2 else (w[0], b[0])
        # Columns without a number at the end of sparse rows are not in the file.
        self.beta[:] = 0
        self.beta[:len(w)] = w
        if self.fit_intercept:
            self.beta[-1] = b

    def get_result(self):
        return {self.key: self.beta}
