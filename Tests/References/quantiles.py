"""Optima of the pinball loss for Tests/Laws/Zoo/Quantiles.swift and Tests/DescentTests/QuantileTests.swift, by HiGHS.

min Σ w·(τ·u + (1−τ)·v)/Σw + l1·Σ(p + q) with y − offset = X(p − q) + b + u − v, all but b from 0: a linear programme.
The rows are those of smooth_optima.py. Usage: python quantiles.py  (numpy, scipy)
"""
import numpy as np
from scipy.optimize import linprog
from smooth_optima import features, values


def optimum(x, y, tau, l1, weights=None):
    n, d = x.shape
    w = (np.ones(n) if weights is None else weights)
    w = w / w.sum()
    cost = np.concatenate([np.full(2 * d, l1), [0], tau * w, (1 - tau) * w])
    rows = np.hstack([x, -x, np.ones((n, 1)), np.eye(n), -np.eye(n)])
    bounds = [(0, None)] * (2 * d) + [(None, None)] + [(0, None)] * (2 * n)
    found = linprog(cost, A_eq=rows, b_eq=y, bounds=bounds, method="highs",
                    options=dict(primal_feasibility_tolerance=1e-10, dual_feasibility_tolerance=1e-10))
    assert found.status == 0
    return found.fun, found.x[:d] - found.x[d:2 * d], found.x[2 * d]


def problems():
    x = features(60, 4)
    yield "quantiles", x, values(x)
    yield "whole numbers", x, np.floor(values(x) + 0.5)
    x = features(40, 2)
    yield "collinear quantiles", np.column_stack([x[:, 0], np.full(40, 5.0), x[:, 0], x[:, 0] + x[:, 1], x[:, 1]]), values(x)


if __name__ == "__main__":
    for kind, x, y in problems():
        for tau in (0.1, 0.5, 0.9):
            for l1 in (0, 0.02):
                print(f'    ("{kind}", {tau}, {l1}, {float(optimum(x, y, tau, l1)[0])!r}),')
    x = features(60, 4)
    weights = 0.25 + (np.arange(60) * 5 % 8) / 4.0
    value, w, b = optimum(x, values(x) - 0.5 * np.cos(np.arange(60) * 0.37), 0.7, 0, weights)
    print("weighted, with offsets", repr(float(value)), *(repr(float(v)) for v in w), repr(float(b)))
