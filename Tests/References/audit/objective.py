"""The objective as the README states it, in extended precision: mean loss + l1·‖V‖₁ + (l2/2)·‖V‖², V the weights of the
scaled features. And the scaling, from the numbers of the file."""
import dataclasses
import numpy as np

LONG = np.longdouble


@dataclasses.dataclass
class Problem:
    """What is minimised, over weights [outputs, features] of the features as they are, and biases."""
    x: np.ndarray
    y: np.ndarray  # classes' numbers or values
    loss: str
    classes: int
    l1: float
    l2: float
    factors: np.ndarray  # of the scaling; a weight of scaled features is w / factor, and 0 keeps a column out
    margin: float = 1
    delta: float = 1
    intercept: bool = True

    @property
    def outputs(self):
        return 1 if self.loss in ("logistic", "squared", "huber") else self.classes


def factors(x, scaling, is_sparse, holds_bytes, intercept=True):
    """Of the scaling, for each column: one over its deviation, or over its root mean square without an intercept."""
    if scaling == "auto":
        scaling = "none" if is_sparse else "0.00392156862745098" if holds_bytes else "standard"
    if scaling == "none":
        return np.ones(x.shape[1])
    if scaling != "standard":
        return np.full(x.shape[1], float(scaling))
    long = x.astype(LONG)
    sizes = np.sqrt(((long - (long.mean(0) if intercept else 0)) ** 2).mean(0))
    varies = x.min(0) < x.max(0) if intercept else sizes > 0
    return np.where(varies, 1 / np.where(varies, sizes, 1), 0).astype(float)


def losses(p, s):
    """Of each row, with the sum of the gradient's magnitudes there."""
    rows = np.arange(len(s))
    if p.loss in ("squared", "huber"):
        d = s[:, 0] - p.y.astype(LONG)
        a = abs(d)
        if p.loss == "squared":
            return d * d / 2, a
        return np.where(a <= p.delta, d * d / 2, p.delta * (a - p.delta / 2)), np.minimum(a, p.delta)
    if p.loss == "logistic":
        m = np.where(p.y == 1, s[:, 0], -s[:, 0])
        return np.log1p(np.exp(-abs(m))) + np.maximum(-m, 0), 1 / (1 + np.exp(np.clip(m, -5000, 5000)))
    z = s - s[rows, p.y][:, None]
    if p.loss == "softmax":
        top = z.max(1)
        return top + np.log(np.exp(z - top[:, None]).sum(1)), np.full(len(s), LONG(2))
    h = np.maximum(z + LONG(p.margin), 0)
    h[rows, p.y] = 0
    if p.loss == "hinge":
        return h.sum(1), 2 * (h > 0).sum(1)
    return (h * h).sum(1), 4 * h.sum(1)


def value(p, weights, biases, unit=2.0 ** -53):
    """The objective, and how far rounding by that unit, Double's, can take a fair computation of it from this."""
    w, x = weights.astype(LONG), p.x.astype(LONG)
    s = x @ w.T + biases.astype(LONG)
    each, slopes = losses(p, s)
    used = p.factors != 0
    v = w[:, used] / p.factors[used].astype(LONG)
    penalty = p.l1 * abs(v).sum() + LONG(p.l2) / 2 * (v * v).sum()
    magnitude = (abs(x) @ abs(w).T + abs(biases) + (abs(p.y[:, None]) if p.outputs == 1 else 0)).max(1)
    error = (4 + x.shape[1]) * unit * magnitude
    curvature = {"squared": 1, "huber": 1, "squared-hinge": 4}.get(p.loss, 1)
    rounding = (slopes * error + curvature * error ** 2).mean()
    return float(each.mean() + penalty), float(rounding)
