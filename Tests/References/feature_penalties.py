"""Optima with bounds, penalty factors and groups on the plain problem of the laws, computed independently of Descent.

Bounds by scipy's lsq_linear and L-BFGS-B and scikit-learn's positive=True; factors and the sparse group lasso by proximal
gradient steps with restarted momentum, until rounding ends them. Biases are unpenalised and unbounded. Prints objectives
and weights for Tests/Laws/FeaturePenaltyLaws.swift.

    python3 Tests/References/feature_penalties.py
"""
import numpy as np
from scipy.optimize import lsq_linear, minimize
from sklearn.linear_model import LinearRegression
from optima import D, N, features, labels, losses, values

X, y, t = features("plain"), labels("plain"), values()
inf = np.inf


def show(name, value, w):
    print(f"{name}: {value!r}, [{', '.join(repr(float(x)) for x in np.ravel(w))}]")


def bounded(low, high):
    """Least squares, half the mean, with the bias as an unbounded column."""
    A = np.column_stack([X, np.ones(N)])
    r = lsq_linear(A, t, (np.append(low, -inf), np.append(high, inf)), method="bvls", tol=1e-15)
    return r.cost / N, r.x[:D]


low, high = np.array([0, -0.5, -inf, 0.25, -inf]), np.array([inf, 0.5, 0.3, inf, inf])
show("bounds", *bounded(low, high))
value, w = bounded(np.zeros(D), np.full(D, inf))
peer = LinearRegression(positive=True).fit(X, t)
assert abs(peer.coef_ - w).max() < 1e-9, (peer.coef_, w)
show("non-negative", value, w)


def box_fit(name, K, l2, low, high):
    """A smooth loss with l2 in a box, by L-BFGS-B."""
    loss = losses(name, y % 2 if name == "logistic" else y, t)

    def f(p):
        w, b = p[: K * D].reshape(K, D), p[K * D :]
        v, g, _ = loss(X @ w.T + b)
        return v + l2 / 2 * (w * w).sum(), np.append((g.T @ X + l2 * w).ravel(), g.sum(0))

    box = [(low, high)] * (K * D) + [(None, None)] * K
    start = np.append(np.full(K * D, (low or 0)), np.zeros(K))
    r = minimize(f, start, jac=True, method="L-BFGS-B", bounds=box,
                 options=dict(maxiter=100000, maxfun=100000, ftol=1e-16, gtol=1e-12))
    return r.fun, r.x[: K * D]


show("logistic in 0...0.4", *box_fit("logistic", 1, 0.02, 0, 0.4))
show("softmax in -0.1...0.2", *box_fit("softmax", 3, 0.02, -0.1, 0.2))


def prox_fit(name, K, value, smooth, prox):
    """Proximal gradient steps with Nesterov's momentum."""
    loss = losses(name, y % 2 if name == "logistic" else y, t)

    def total(w, b):
        return loss(X @ w.T + b)[0] + value(w)

    w, b, step = np.zeros((K, D)), np.zeros(K), 0.05
    v, c, momentum, last = w, b, 1.0, total(w, b)
    for _ in range(200_000):
        _, g, _ = loss(X @ v.T + c)
        nw, nb = prox(v - step * (g.T @ X + smooth(v)), step), c - step * g.sum(0)
        now = total(nw, nb)
        if now > last:
            _, g, _ = loss(X @ w.T + b)
            nw, nb = prox(w - step * (g.T @ X + smooth(w)), step), b - step * g.sum(0)
            momentum = 1.0
            if abs(nw - w).max() < 1e-16 and abs(nb - b).max() < 1e-16:
                break
            now = total(nw, nb)
        following = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
        v = nw + (momentum - 1) / following * (nw - w)
        c = nb + (momentum - 1) / following * (nb - b)
        w, b, momentum, last = nw, nb, following, now
    return total(w, b), w


def soft(w, t):
    return np.sign(w) * np.maximum(0, abs(w) - t)


F = np.array([0, 1, 2, 0.5, 3])
for name, K in (("squared", 1), ("logistic", 1), ("softmax", 3)):
    for l1, l2 in ((0.05, 0), (0, 0.05), (0.04, 0.02)):
        fit = prox_fit(name, K, lambda w: (F * (l1 * abs(w) + l2 / 2 * w * w)).sum(), lambda w: l2 * F * w,
                       lambda w, s: soft(w, s * l1 * F))
        show(f"factors, {name}, {l1}, {l2}", *fit)

GROUPS = [[0, 1], [2], [3, 4]]


def group_prox(w, s):
    w = soft(w, s * 0.01)
    out = np.zeros_like(w)
    for g in GROUPS:
        size = np.linalg.norm(w[:, g])
        price = s * 0.03 * np.sqrt(w[:, g].size)
        out[:, g] = w[:, g] * max(0, 1 - price / max(size, 1e-300))
    return out


def group_value(w):
    return (sum(0.03 * np.sqrt(w[:, g].size) * np.linalg.norm(w[:, g]) for g in GROUPS)
            + 0.01 * abs(w).sum() + 0.005 * (w * w).sum())


for name, K in (("softmax", 3), ("squared", 1)):
    show(f"groups, {name}", *prox_fit(name, K, group_value, lambda w: 0.01 * w, group_prox))
