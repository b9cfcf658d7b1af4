"""Counts of 600000 rows with weights and exposures: mean weighted half deviance + (1e-3 / 2)·‖w‖², b free.

Only the fit is timed, of data that lie in memory: Descent's own figure is its tool's `seconds_fit`, scaling and certificate
included. Others need a tolerance of their own to come as near to the optimum as Descent's certificate says it is.
"""
import json
import os
import subprocess
import time
from pathlib import Path

import numpy as np

L2, ROWS, COLUMNS = 1e-3, 600000, 50


def files(folder):
    """The arrays, and the same as a table: features, weight, exposure and count, a column each."""
    import pandas

    arrays, table = Path(folder) / "counts.npz", Path(folder) / "counts.csv"
    if not table.exists():
        rng = np.random.default_rng(20250601)
        x = rng.normal(size=(ROWS, COLUMNS)).round(3).astype(np.float32)
        beta = np.where(rng.random(COLUMNS) < 0.4, rng.normal(size=COLUMNS) / 5, 0)
        weight, exposure = rng.integers(1, 5, ROWS) / 2.0, rng.integers(1, 13, ROWS) / 12.0
        count = rng.poisson(exposure * np.exp(x @ beta - 1)).astype(float)
        np.savez(arrays, x=x, weight=weight, exposure=exposure, count=count)
        frame = pandas.DataFrame(x, columns=[f"x{j}" for j in range(COLUMNS)])
        part = table.with_suffix(".part")
        frame.assign(weight=weight, exposure=exposure, count=count).to_csv(part, index=False)
        part.rename(table)
    return [str(arrays), str(table)]


def load(arrays, table, _):
    return arrays, table


def objective(data, w, b):
    x, weight, count = data["x"], data["weight"], data["count"]
    score = x @ np.asarray(w, np.float64) + b + np.log(data["exposure"])
    loss = np.exp(score) - count * score - count + count * np.log(np.where(count > 0, count, 1))
    return float((weight * loss).sum() / weight.sum() + 0.5 * L2 * (w @ w))


def timed(arrays, fit):
    data = dict(np.load(arrays))

    def run():
        start = time.perf_counter()
        w, b = fit(data)
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "result": [objective(data, w, b)]}

    return run


def descent(arrays, table, options):
    def run():
        model = Path(table).with_name("counts.onnx")
        text = subprocess.run(
            [os.environ["DESCENT"], "train", table, "--loss", "poisson", "--weight", "weight", "--exposure", "exposure",
             "--l2", str(L2), "--scaling", "none", "--threads", str(options.threads), "--quiet", "--force",
             "--output", model, "--metrics", "-", "--strict"], check=True, capture_output=True, text=True).stdout
        metrics = json.loads(text)
        return {"seconds": metrics["seconds_fit"], "result": [metrics["objective"]],
                "gap": metrics["gap_relative"], "peak_bytes": metrics["peak_rss_bytes"], "solver": metrics["solver"]}

    return run


def glum(arrays, table, options):
    from glum import GeneralizedLinearRegressor

    # Of features in single precision beside weights in double its kernels read beyond their ends, and the process dies;
    # columns one after the other it fits soonest.
    x = np.asfortranarray(np.load(arrays)["x"], np.float64)

    def fit(data):
        model = GeneralizedLinearRegressor(family="poisson", alpha=L2, l1_ratio=0, gradient_tol=1e-5)
        model.fit(x, data["count"], sample_weight=data["weight"], offset=np.log(data["exposure"]))
        return model.coef_, model.intercept_

    return timed(arrays, fit)


def scikit_learn(solver, tolerance, data):
    """A count with an exposure is a rate whose weight is the exposure."""
    from sklearn.linear_model import PoissonRegressor

    weight = data["weight"] * data["exposure"]
    alpha = L2 * data["weight"].sum() / weight.sum()
    model = PoissonRegressor(alpha=alpha, solver=solver, tol=tolerance, max_iter=1000)
    model.fit(data["x"], data["count"] / data["exposure"], sample_weight=weight)
    return model.coef_, model.intercept_


def newton_cholesky(arrays, table, options):
    return timed(arrays, lambda data: scikit_learn("newton-cholesky", 1e-5, data))


def lbfgs(arrays, table, options):
    return timed(arrays, lambda data: scikit_learn("lbfgs", 1e-6, data))
