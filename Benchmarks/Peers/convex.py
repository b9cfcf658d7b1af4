"""What the fits to a goal share: objectives in double, and the loosest setting of a solver that reaches the goal."""
import time

import numpy as np

from fitting import mean, softmax


def logistic(w, b, x, y):
    """y is 0 or 1."""

    def block(x, y):
        s = x.astype(np.float64) @ w + b
        return (np.logaddexp(0, s) - y * s).sum()

    return mean(block, x, y)


def squared(w, b, x, y):
    def block(x, y):
        return 0.5 * ((y - x.astype(np.float64) @ w - b) ** 2).sum()

    return mean(block, x, y)


def objective(loss, w, b, x, y, options):
    """Mean loss + l1·‖W‖₁ + (l2/2)·‖W‖², of W [columns, classes] or [columns]."""
    w, b = np.asarray(w, np.float64), np.asarray(b, np.float64)
    value = softmax(w, b, x, y, 0) if loss == "softmax" else {"logistic": logistic, "squared": squared}[loss](w, b, x, y)
    return float(value + options.l1 * np.abs(w).sum() + options.l2 / 2 * (w * w).sum())


def climb(loss, x, y, options, settings, fit, say="{}"):
    """Fits by `fit(setting)`, which returns the seconds, W and b, with one setting after the other, loosest first, until
    one reaches the goal or the next one would pass the time limit, as it takes no less. Only the last of them counts.
    A further run begins with the setting that the one before it ended with."""
    settings = list(settings)

    def run():
        answer, spent = {"seconds": options.budget, "best": None, "reached": {}}, []
        for setting in tuple(settings):
            if sum(spent) + max(spent, default=0) > options.budget:
                break
            try:
                seconds, w, b = fit(setting)
            except TimeoutError:
                break
            spent.append(seconds)
            value = objective(loss, w, b, x, y, options)
            reached = {"goal": seconds} if value <= options.goal else {}
            answer = {"seconds": seconds, "best": value, "reached": reached, "setting": say.format(setting),
                      "nonzeros": int(np.count_nonzero(w))}
            if reached:
                break
            if len(settings) > 1:
                settings.remove(setting)
        return answer

    return run


def timed(start, model):
    """Seconds since `start`, W and b of an estimator like scikit-learn's that has one output or many."""
    seconds = time.perf_counter() - start
    w, b = np.asarray(model.coef_), np.atleast_1d(model.intercept_)
    return (seconds, w.T, b) if w.ndim == 2 and len(w) > 1 else (seconds, w.ravel(), b[0])
