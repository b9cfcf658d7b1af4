"""Optima of the small problems in Tests/Laws/Zoo/Smooth.swift, which defines the same data by the same formulas.

A damped Newton method in double, checked against scipy's BFGS and, for the losses it has, scikit-learn.
Usage: python smooth_optima.py  (numpy, scipy, scikit-learn)
"""
import numpy as np, scipy.optimize, warnings
warnings.simplefilter("ignore")


def noise(i, j):  # in -1...1, the same in Swift
    return ((i * 7919 + j * 10473 + i * j * 31 + 17) % 1000) / 500 - 1


def features(rows, columns):
    return np.array([[noise(i, j) for j in range(columns)] for i in range(rows)])


def labels(rows, classes):
    return np.array([(i * i + i // 3) % classes for i in range(rows)])


def values(x):
    return np.array([2 * noise(i, 91) + 3 * x[i, 0] for i in range(len(x))])


def standard(x):
    m, s = x.mean(0), x.std(0)
    low, high = x.min(0), x.max(0)
    f = np.where(low < high, 1 / np.where(s > 0, s, 1), 0)
    return (x - np.where(f == 0, 0, m)) * f


# Losses: value, gradient and Hessian by the scores of one row.
def softmax(s, y):
    z = s - s.max()
    p = np.exp(z) / np.exp(z).sum()
    g = p.copy(); g[y] -= 1
    return np.log(np.exp(z).sum()) - z[y], g, np.diag(p) - np.outer(p, p)


def squared_hinge(s, y):
    z = np.maximum(0, s - s[y] + 1); z[y] = 0
    g = 2 * z; g[y] = -g.sum()
    h = np.zeros((len(s), len(s)))
    for j in range(len(s)):
        if z[j] > 0:
            v = np.zeros(len(s)); v[j] = 1; v[y] = -1
            h += 2 * np.outer(v, v)
    return (z * z).sum(), g, h


def logistic(s, y):
    t = 2 * y - 1
    p = 1 / (1 + np.exp(-s[0]))
    return np.logaddexp(0, -t * s[0]), np.array([p - y]), np.array([[p * (1 - p)]])


def squared(s, t):
    return 0.5 * (s[0] - t) ** 2, np.array([s[0] - t]), np.array([[1.0]])


def huber(s, t):
    d = s[0] - t
    return (0.5 * d * d if abs(d) <= 1 else abs(d) - 0.5), np.array([np.clip(d, -1, 1)]), \
        np.array([[1.0 if abs(d) < 1 else 0.0]])


def poisson(s, t):
    t = np.floor(abs(t) + 0.5)
    e = np.exp(s[0])
    return e - t * s[0] - t + (t * np.log(t) if t > 0 else 0), np.array([e - t]), np.array([[e]])


LOSSES = dict(softmax=softmax, logistic=logistic, squared=squared, huber=huber, poisson=poisson)
LOSSES["squared-hinge"] = squared_hinge


def objective(loss, x, y, outputs, l2, theta, curved=False):
    n, d = x.shape
    theta = theta.reshape(outputs, d + 1)  # the bias is the last column
    xb = np.hstack([x, np.ones((n, 1))])
    mask = np.ones((outputs, d + 1)); mask[:, d] = 0
    value = l2 / 2 * (theta**2 * mask).sum()
    g = l2 * theta * mask
    h = np.diag((l2 * mask).ravel())
    for i in range(n):
        v, gi, hi = loss(theta @ xb[i], y[i])
        value += v / n
        g = g + np.outer(gi, xb[i]) / n
        if curved: h += np.kron(hi, np.outer(xb[i], xb[i])) / n
    return (value, g.ravel(), h) if curved else (value, g.ravel())


def optimum(name, x, y, outputs, l2):
    loss = LOSSES[name]
    theta = np.zeros(outputs * (x.shape[1] + 1))
    value, g, h = objective(loss, x, y, outputs, l2, theta, True)
    for _ in range(200):
        step = np.linalg.lstsq(h + 1e-13 * np.trace(h) / len(h) * np.eye(len(h)), -g, rcond=1e-15)[0]
        t = 1.0
        while t > 1e-12:
            trial = objective(loss, x, y, outputs, l2, theta + t * step)[0]
            if trial <= value + 1e-4 * t * (g @ step): break
            t /= 2
        if not trial < value: break
        theta = theta + t * step
        value, g, h = objective(loss, x, y, outputs, l2, theta, True)
    check = scipy.optimize.minimize(
        lambda w: objective(loss, x, y, outputs, l2, w), np.zeros_like(theta), jac=True, method="BFGS",
        options=dict(gtol=1e-10, maxiter=20000)).fun
    assert abs(check - value) < 1e-8 * max(1, abs(value)), (name, check, value)
    return min(value, check)


def with_sklearn(name, x, y, classes, l2, value):
    from sklearn.linear_model import LogisticRegression, PoissonRegressor, Ridge
    n = len(x)
    if name == "softmax" and classes > 2 and l2 > 0:
        m = LogisticRegression(C=1 / (n * l2), solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
        theta = np.hstack([m.coef_, m.intercept_[:, None]])
        own = objective(LOSSES[name], x, y, classes, l2, theta.ravel())[0]
        assert abs(own - value) < 1e-9, (own, value)
    if name == "poisson":
        m = PoissonRegressor(alpha=l2, solver="newton-cholesky", tol=1e-12, max_iter=1000)
        m.fit(x, np.floor(abs(y) + 0.5))
        own = objective(LOSSES[name], x, y, 1, l2, np.append(m.coef_, m.intercept_))[0]
        assert abs(own - value) < 1e-9 * max(1, value), (own, value)
    if name == "squared" and l2 > 0:
        m = Ridge(alpha=n * l2).fit(x, y)
        own = objective(LOSSES[name], x, y, 1, l2, np.append(m.coef_, m.intercept_))[0]
        assert abs(own - value) < 1e-10 * max(1, value), (own, value)


def problems():
    x = features(60, 4)
    yield "overlapping", x, labels(60, 3), 3, 1e-2
    yield "no penalty", x, labels(60, 3), 3, 0
    yield "tiny l2", x, labels(60, 3), 3, 1e-7
    yield "huge l2", x, labels(60, 3), 3, 1e6
    x = features(40, 2)
    hostile = np.column_stack([x[:, 0], np.full(40, 5.0), x[:, 0], x[:, 0] + x[:, 1], x[:, 1]])
    yield "constant, duplicate, collinear", hostile, labels(40, 3), 3, 1e-2
    yield "the same without a penalty", hostile, labels(40, 3), 3, 0
    x = features(30, 3); x[::3] = 0
    yield "rows of zeros", x, labels(30, 2), 2, 1e-2
    yield "one feature", features(25, 1), labels(25, 2), 2, 1e-2
    y = labels(30, 2); y[7] = 2
    yield "a class with one row", features(30, 3), y, 3, 1e-2
    yield "more features than rows", features(8, 20), labels(8, 2), 2, 1e-2
    x = features(40, 3) * np.array([1e-30, 1.0, 1e30])
    yield "scales 1e-30 to 1e30", standard(x), labels(40, 3), 3, 1e-2


if __name__ == "__main__":
    for name, x, y, classes, l2 in problems():
        for loss in LOSSES:
            regression = loss in ("squared", "huber", "poisson")
            if loss == "logistic" and y.max() > 1: continue
            outputs = 1 if regression or loss == "logistic" else classes
            targets = values(standard(x) if name.startswith("scales") else x) if regression else y
            value = optimum(loss, x, targets, outputs, l2)
            with_sklearn(loss, x, targets, classes, l2, value)
            print(f'    "{name}/{loss}": {value!r},')
