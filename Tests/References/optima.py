"""Optima of the small problems in Tests/Laws/Zoo/Waves.swift, computed independently of Descent, with scipy.

Each problem is given by a formula (see `problem`), so that the tests need no data file. L1 is made smooth by
splitting w = p - q with p, q >= 0; L-BFGS-B finds the zeros, Newton steps on the remaining weights polish, and
a dual bound of the result is checked here too where scaling allows. The hinge's are hinge_reference.py's.
Prints lines for the tests.

    python3 Tests/References/optima.py
"""
import hinge_reference
import numpy as np
from scipy.optimize import minimize

N, D, C = 24, 5, 3


def features(kind):
    i, j = np.meshgrid(np.arange(N), np.arange(D), indexing="ij")
    x = np.sin(1.3 * i + 2.1 * j * j + 0.7 * i * j)
    if kind == "collinear":      # a duplicate, a constant and a zero column
        x[:, 1] = x[:, 0]
        x[:, 3] = 2.0
        x[:, 4] = 0.0
    if kind == "scales":         # columns of very different size
        x = x * np.array([1e-3, 1.0, 30.0, 1e-6, 3.0])
    return x


def labels(kind):
    i = np.arange(N)
    y = (i * i + i // 3) % C
    if kind == "rare":           # a class with one row
        y = np.where(i == 7, 2, i % 2)
    return y


def values():
    i = np.arange(N)
    return 2 * np.cos(0.9 * i) + (i % 7 == 0) * 5.0


def losses(name, y, t):
    """value and gradient of the mean loss by the scores, and the Hessian blocks [n, C, C]"""
    E = np.eye(C)[y]

    def softmax(S):
        m = S.max(1, keepdims=True)
        e = np.exp(S - m)
        q = e / e.sum(1, keepdims=True)
        v = (m[:, 0] + np.log(e.sum(1)) - (S * E).sum(1)).mean()
        H = np.einsum("ia,ab->iab", q, np.eye(C)) - np.einsum("ia,ib->iab", q, q)
        return v, (q - E) / N, H / N

    def squared_hinge(S):
        z = np.where(E > 0, -1, S - (S * E).sum(1, keepdims=True) + 1)
        p = np.maximum(z, 0)
        a = 2 * p
        g = a - E * a.sum(1, keepdims=True)
        on = (z > 0) * 2.0
        H = np.zeros((N, C, C))
        for i in range(N):
            for j in range(C):
                if on[i, j]:
                    v = np.zeros(C)
                    v[j] += 1
                    v[y[i]] -= 1
                    H[i] += on[i, j] * np.outer(v, v)
        return (p * p).sum(1).mean(), g / N, H / N

    def logistic(S):
        s = np.where(y % 2 == 1, 1.0, -1.0)[:, None]
        m = s * S
        q = 1 / (1 + np.exp(m))
        return np.logaddexp(0, -m).mean(), -s * q / N, (q * (1 - q))[:, :, None] / N

    def squared(S):
        r = S - t[:, None]
        return 0.5 * (r * r).sum() / N, r / N, np.ones((N, 1, 1)) / N

    def huber(S):
        r = S - t[:, None]
        a = abs(r)
        v = np.where(a <= 1, 0.5 * r * r, a - 0.5).sum() / N
        return v, np.clip(r, -1, 1) / N, (a < 1)[:, :, None] * 1.0 / N

    def poisson(S):
        c = np.floor(abs(t) + 0.5)[:, None]
        e = np.exp(S)
        v = (e - c * S - c + c * np.log(np.where(c > 0, c, 1))).sum() / N
        return v, (e - c) / N, e[:, :, None] / N

    return {"softmax": softmax, "squared-hinge": squared_hinge, "logistic": logistic, "squared": squared, "huber": huber,
            "poisson": poisson}[name]


def optimum(loss, X, l1, l2, K):
    size = K * D

    def smooth(w, b):
        v, g, H = loss(X @ w.T + b)
        return v + l2 / 2 * (w * w).sum(), g.T @ X + l2 * w, g.sum(0), H

    def split(z):
        p, q, b = z[:size].reshape(K, D), z[size:2 * size].reshape(K, D), z[2 * size:]
        v, gw, gb, _ = smooth(p - q, b)
        return v + l1 * (p + q).sum(), np.r_[(gw + l1).ravel(), (l1 - gw).ravel(), gb]

    z = np.zeros(2 * size + K)
    bounds = [(0, None)] * (2 * size) + [(None, None)] * K
    for _ in range(20):
        z = minimize(split, z, jac=True, method="L-BFGS-B", bounds=bounds,
                     options=dict(maxiter=50000, maxfun=200000, maxcor=40, ftol=1e-18, gtol=1e-13)).x
    w, b = (z[:size] - z[size:2 * size]).reshape(K, D), z[2 * size:]
    value = lambda w, b: smooth(w, b)[0] + l1 * abs(w).sum()
    best = value(w, b)
    # polish: Newton on the weights that are not zero, with a pseudo-inverse, as long as it helps
    for _ in range(60):
        v, gw, gb, H = smooth(w, b)
        on = np.r_[(abs(w) > 1e-9).ravel() | (l1 == 0), np.ones(K, bool)]
        Xa = np.c_[X, np.ones(N)]
        full = np.einsum("iab,ij,ik->ajbk", H, Xa, Xa)
        order = [(c, j) for c in range(K) for j in range(D)] + [(c, D) for c in range(K)]
        M = np.array([[full[c, j, e, k] for e, k in order] for c, j in order])
        M[:size, :size] += l2 * np.eye(size)
        g = np.r_[(gw + l1 * np.sign(w)).ravel(), gb]
        step = np.zeros(size + K)
        step[on] = -np.linalg.lstsq(M[np.ix_(on, on)], g[on], rcond=1e-13)[0]
        t = 1.0
        while t > 1e-6:
            nw, nb = w + t * step[:size].reshape(K, D), b + t * step[size:]
            if l1 > 0:
                nw = np.where((np.sign(nw) != np.sign(w)) & (w != 0), 0, nw)
            if value(nw, nb) < best - 1e-17:
                break
            t /= 2
        else:
            break
        w, b, best = nw, nb, value(nw, nb)
    _, gw, gb, _ = smooth(w, b)
    off = np.where(abs(w) > 1e-9, abs(gw + l1 * np.sign(w)), np.maximum(abs(gw) - l1, 0)).max()
    return best, max(off, abs(gb).max())


def main():
    worst = 0
    for kind in ("plain", "collinear", "scales", "rare"):
        X, y, t = features(kind), labels(kind), values()
        for name in ("softmax", "squared-hinge", "logistic", "squared", "huber", "poisson"):
            if kind == "rare" and name in ("logistic", "squared", "huber", "poisson"):
                continue
            K = C if name in ("softmax", "squared-hinge") else 1
            for l1, l2 in ((0.02, 0.0), (0.0, 0.01), (0.02, 0.01)):
                v, r = optimum(losses(name, y, t), X, l1, l2, K)
                worst = max(worst, r)
                print(f'    ("{kind}", "{name}", {l1}, {l2}, {v:.15g}),  // residual {r:.0e}')
        for l1, l2 in ((0.02, 0.0), (0.0, 0.01), (0.02, 0.01)):
            v, bound, _ = hinge_reference.solve((X, y, C), 1, l1, l2)
            print(f'    ("{kind}", "hinge", {l1}, {l2}, {v:.15g}),  // above the bound by {v - bound:.0e}')
    print("# worst residual", worst)


if __name__ == "__main__":
    main()
