"""Optima of the group lasso on the plain problem of CertificateLaws, computed independently of Descent.

strength * sum_j ||W[:, j]||_2, no other penalty. Proximal gradient steps with Nesterov's momentum, restarted, until
rounding ends them; the residual says how far 0 is from being a subgradient there. Prints lines for the tests.

    python3 Tests/References/group_lasso.py
"""
import numpy as np
from optima import D, N, features, labels, losses, values

STRENGTH = 0.06


def fit(loss, X, K):
    def smooth(w, b):
        v, g, _ = loss(X @ w.T + b)
        return v, g.T @ X, g.sum(0)

    def prox(w, t):
        size = np.sqrt((w * w).sum(0))
        return w * np.maximum(0, 1 - t * STRENGTH / np.maximum(size, 1e-300))

    def value(w, b):
        return smooth(w, b)[0] + STRENGTH * np.sqrt((w * w).sum(0)).sum()

    w, b, step = np.zeros((K, D)), np.zeros(K), 0.05
    v, c, momentum, last = w, b, 1.0, value(w, b)
    for _ in range(200_000):
        _, gw, gb = smooth(v, c)
        nw, nb = prox(v - step * gw, step), c - step * gb
        now = value(nw, nb)
        if now > last:                       # restart
            v, c, momentum, last = w, b, 1.0, value(w, b)
            _, gw, gb = smooth(w, b)
            nw, nb = prox(w - step * gw, step), b - step * gb
            if abs(nw - w).max() < 1e-16 and abs(nb - b).max() < 1e-16:
                break
            now = value(nw, nb)
        following = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
        v = nw + (momentum - 1) / following * (nw - w)
        c = nb + (momentum - 1) / following * (nb - b)
        w, b, momentum, last = nw, nb, following, now
    return w, b, value(w, b)


def residual(loss, X, w, b):
    """How far 0 is from being a subgradient."""
    _, g, _ = loss(X @ w.T + b)
    gw, size = g.T @ X, np.sqrt((w * w).sum(0))
    used = size > 0
    off = np.sqrt(((gw + STRENGTH * w / np.where(used, size, 1)) ** 2).sum(0))
    off = np.where(used, off, np.maximum(0, np.sqrt((gw * gw).sum(0)) - STRENGTH))
    return max(off.max(), abs(g.sum(0)).max())


X, y, t = features("plain"), labels("plain"), values()
for name in ("softmax", "squared-hinge", "logistic", "squared", "huber"):
    K = 3 if name in ("softmax", "squared-hinge") else 1
    loss = losses(name, y % 2 if name == "logistic" else y, t)
    w, b, best = fit(loss, X, K)
    used = [j for j in range(D) if (w[:, j] != 0).any()]
    print(f'    "{name}": ({best:.15g}, {used}),  # residual {residual(loss, X, w, b):.1e}')
