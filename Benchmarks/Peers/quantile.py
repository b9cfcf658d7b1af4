"""Quantile regression without a penalty: mean pinball loss of the quantile 0.9, of rows whose noise is heavy and uneven.

Only the fit is timed, of data that lie in memory: Descent's own figure is its tool's `seconds_fit`, scaling and certificate
included.
"""
import json
import os
import subprocess
import time
from pathlib import Path

import numpy as np

TAU, TOLERANCE = 0.9, 1e-3


def files(folder, rows, columns):
    """Features `[rows, columns]` of Float and targets of Double, as NPY."""
    paths = [Path(folder) / f"quantile-{rows}-{columns}-{part}.npy" for part in ("x", "y")]
    if not all(path.exists() for path in paths):
        rng = np.random.default_rng(20251201)
        x = rng.standard_normal((rows, columns)).astype(np.float32)
        beta = rng.standard_normal(columns) / np.sqrt(columns)
        noise = (1 + 0.5 * np.abs(x[:, 0])) * rng.standard_t(3, size=rows)
        for path, array in zip(paths, (x, x @ beta + noise)):
            np.save(path, array)
    return [str(path) for path in paths]


def load(x, y, _):
    return x, y


def objective(x, y, w, b):
    rest = y - x @ np.asarray(w, np.float64) - b
    return float(np.where(rest > 0, TAU * rest, (TAU - 1) * rest).mean())


def timed(x, y, fit):
    x, y = np.load(x).astype(np.float64), np.load(y)

    def run():
        start = time.perf_counter()
        w, b = fit(x, y)
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "result": [objective(x, y, w, b)]}

    return run


def descent(x, y, options):
    def run():
        text = subprocess.run(
            [os.environ["DESCENT"], "train", x, "--labels", y, "--loss", "quantile", "--quantile", str(TAU), "--l2", "0",
             "--tolerance", str(TOLERANCE), "--threads", str(options.threads), "--quiet", "--force",
             "--output", Path(x).with_suffix(".onnx"), "--metrics", "-", "--strict"],
            check=True, capture_output=True, text=True).stdout
        metrics = json.loads(text)
        return {"seconds": metrics["seconds_fit"], "result": [metrics["objective"]], "gap": metrics["gap_relative"],
                "peak_bytes": metrics["peak_rss_bytes"]}

    return run


def statsmodels(x, y, options):
    from statsmodels.regression.quantile_regression import QuantReg

    def fit(x, y):
        found = QuantReg(y, np.hstack([x, np.ones((len(x), 1))])).fit(TAU)
        return found.params[:-1], found.params[-1]

    return timed(x, y, fit)


def scikit_learn(x, y, options):
    from sklearn.linear_model import QuantileRegressor

    def fit(x, y):
        model = QuantileRegressor(quantile=TAU, alpha=0, solver="highs").fit(x, y)
        return model.coef_, model.intercept_

    return timed(x, y, fit)
