"""Optima of small multiclass hinge problems, by an interior-point method that shares nothing with Descent.

    minimise (1/n) sum_i sum_{j != y} max(0, s_ij - s_iy + margin) + l1 |W|_1 + (l2/2) |W|^2,   s = W x + b

as the quadratic program over W = P - Q, b and the slacks xi (Mehrotra's predictor and corrector, in float64;
Nocedal and Wright, Numerical Optimization, section 16.6). The bound is the dual objective of the program, so that
the distance printed last is a proof, up to rounding. With l2 = 0 SciPy's HiGHS solves the linear program too.

    python hinge_reference.py [NAME...]  prints the table that Tests/Laws/Zoo/Hinges.swift and its neighbours hold
    python hinge_reference.py --digits   writes digits.txt from scikit-learn
"""

import pathlib
import sys

import numpy as np
import scipy.linalg
import scipy.optimize
import scipy.sparse

HERE = pathlib.Path(__file__).parent


class Numbers:
    """The same numbers as `ReferenceNumbers` in Swift."""

    def __init__(self, seed):
        self.state = seed

    def __call__(self):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return self.state / 2**31


def blobs(rows, features, classes, spread, seed):
    number = Numbers(seed)
    centres = [[2 * number() - 1 for _ in range(features)] for _ in range(classes)]
    labels = [i % classes for i in range(rows)]
    x = [[spread * centres[y][j] + 2 * number() - 1 for j in range(features)] for y in labels]
    return np.array(x), np.array(labels), classes


def digits():
    lines = (HERE / "digits.txt").read_text().split("\n")[1:]
    rows = [line for line in lines if line]
    x = np.array([[(ord(c) - ord("a")) / 16 for c in line[2:]] for line in rows])
    return x, np.array([int(line[0]) for line in rows]), 10


def problems():
    base = blobs(60, 5, 4, 0.7, 1)
    x, y, c = base
    yield "overlapping", base, 1, 0, 1e-2
    yield "separable", blobs(60, 5, 4, 20, 2), 1, 0, 1e-3
    yield "duplicates", (np.repeat(np.tile(x, (1, 2)), 2, axis=0), np.repeat(y, 2), c), 1, 0, 1e-3
    flat = x.copy()
    flat[:, 1], flat[:, 3] = 1, 0
    yield "constantColumns", (flat, y, c), 1, 0, 1e-3
    yield "oneFeature", blobs(40, 1, 3, 0.7, 3), 1, 0, 1e-3
    yield "twoClasses", blobs(50, 4, 2, 0.7, 4), 1, 0, 1e-3
    lone = y % 3
    lone[7] = 3
    yield "loneRow", (x, lone, c), 1, 0, 1e-3
    yield "emptyClass", (x, y % 3, c), 1, 0, 1e-3
    zeros = x.copy()
    zeros[::3] = 0
    yield "zeroRows", (zeros, y, c), 1, 0, 1e-3
    yield "allZero", (0 * x, np.minimum(y, 2), c), 1, 0, 1e-3
    yield "tinyL2", base, 1, 0, 1e-8
    yield "tinyL2Separable", blobs(60, 5, 4, 20, 2), 1, 0, 1e-8
    yield "hugeL2", base, 1, 0, 1e3
    yield "smallMargin", base, 0.3, 0, 1e-2
    yield "largeMargin", base, 10, 0, 1e-2
    yield "digits", digits(), 1, 0, 1e-3
    yield "elasticNet", base, 1, 5e-3, 1e-2
    yield "l1", base, 1, 1e-2, 0
    yield "l1Duplicates", (np.repeat(np.tile(x, (1, 2)), 2, axis=0), np.repeat(y, 2), c), 1, 1e-2, 0
    yield "l1ConstantColumns", (flat, y, c), 1, 1e-2, 0
    yield "l1Separable", blobs(60, 5, 4, 20, 2), 1, 1e-3, 0
    yield "l1LoneRow", (x, lone, c), 1, 1e-3, 0
    yield "l1EmptyClass", (x, y % 3, c), 1, 1e-2, 1e-3
    yield "l1AllZero", (0 * x, np.minimum(y, 2), c), 1, 1e-2, 0
    yield "l1Huge", base, 1, 1e3, 0
    yield "l1Tiny", base, 1, 1e-7, 0
    yield "l1LargeMargin", base, 10, 1e-2, 1e-3
    yield "l1Wide", blobs(120, 12, 4, 0.7, 5), 1, 3e-3, 0
    yield "elasticNetWide", blobs(120, 12, 4, 0.7, 5), 1, 3e-3, 1e-3


def matrix(x, y, classes):
    """The margins s_j - s_y of all rows and wrong classes, as a matrix over (W, b)."""
    n, d = x.shape
    rows = [(i, j) for i in range(n) for j in range(classes) if j != y[i]]
    m = np.zeros((len(rows), classes * (d + 1)))
    for k, (i, j) in enumerate(rows):
        for c, sign in ((j, 1), (y[i], -1)):
            m[k, c * d:(c + 1) * d] = sign * x[i]
            m[k, classes * d + c] = sign
    return m


def solve(data, margin, l1, l2):
    x, y, classes = data
    n, d = x.shape
    m = matrix(x, y, classes)
    w = classes * d
    # theta = (P, Q, b) with P, Q >= 0 where there is l1, else (W, b).
    split = l1 > 0
    a = np.hstack([m[:, :w], -m[:, :w], m[:, w:]]) if split else m
    size, signed = a.shape[1], 2 * w if split else 0
    quadratic = np.zeros((size, size))
    eye = np.eye(w)
    if split:
        quadratic[:w, :w] = quadratic[w:signed, w:signed] = l2 * eye
        quadratic[:w, w:signed] = quadratic[w:signed, :w] = -l2 * eye
    else:
        quadratic[:w, :w] = l2 * eye
    cost = np.zeros(size)
    cost[:signed] = l1
    count = len(a)
    # Constraints: u = xi - margin - a theta >= 0 with dual p; xi >= 0 with q; theta[:signed] >= 0 with r.
    theta = np.zeros(size)
    theta[:signed] = 1
    xi = np.maximum(a @ theta + margin, 0) + 1.0
    u = xi - margin - a @ theta
    u = np.maximum(u, 0.5)
    p = np.full(count, 0.5 / n)
    q = np.full(count, 0.5 / n)
    r = np.full(signed, max(l1, 1e-3))
    best = None
    for _ in range(200):
        gradient = quadratic @ theta + cost + a.T @ p
        gradient[:signed] -= r
        slack = 1 / n - p - q
        primal = u - (xi - margin - a @ theta)
        mu = (u @ p + xi @ q + theta[:signed] @ r) / (2 * count + signed)
        # The value at theta, and the Lagrangian's at multipliers that satisfy the dual constraints.
        weights = theta[:w] - theta[w:signed] if split else theta[:w]
        value = np.maximum(m[:, :w] @ weights + m[:, w:] @ theta[-classes:] + margin, 0).sum() / n
        value += l1 * abs(weights).sum() + l2 / 2 * weights @ weights
        v = m[:, :w].T @ p
        excess = np.maximum(abs(v) - l1, 0)
        bound = margin * p.sum() - (excess @ excess / (2 * l2) if l2 > 0 else 0)
        balance = abs(m[:, w:].T @ p).max()
        if best is None or value - bound < best[0] - best[1] or value < best[0]:
            best = (min(value, best[0]) if best else value, bound, balance)
        if mu < 1e-15:
            break
        du, dq = p / u, q / xi
        weight = du * dq / (du + dq)
        hessian = quadratic + (a.T * weight) @ a
        hessian[range(signed), range(signed)] += r / theta[:signed]
        ridge = 1e-14 * np.trace(hessian) / size
        factor = scipy.linalg.lu_factor(hessian + ridge * np.eye(size))

        def direction(cu, cq, cr):
            # Newton on: gradient, slack, primal, u p = cu, xi q = cq, theta r = cr.
            eu = (cu - u * p + p * primal) / u          # dp = eu - du (dxi - a dtheta)
            eq = (cq - xi * q) / xi                     # dq = eq - dq dxi
            ex = slack - eu - eq                        # -(du + dq) dxi + du a dtheta = ex
            rhs = -gradient - a.T @ (eu + du * ex / (du + dq))
            er = (cr - theta[:signed] * r) / theta[:signed]
            rhs[:signed] += er
            t = scipy.linalg.lu_solve(factor, rhs)
            at = a @ t
            x_ = (du * at - ex) / (du + dq)
            u_ = x_ - at - primal
            p_ = eu - du * (x_ - at)
            return t, x_, u_, p_, eq - dq * x_, er - r / theta[:signed] * t[:signed]

        def reach(step):
            t, x_, u_, p_, q_, r_ = step
            pairs = ((u, u_), (xi, x_), (p, p_), (q, q_), (theta[:signed], t[:signed]), (r, r_))
            return min([1] + [0.9995 * (-z[dz < 0] / dz[dz < 0]).min() for z, dz in pairs if (dz < 0).any()])

        zeros = np.zeros(count)
        step = direction(zeros, zeros, np.zeros(signed))
        length = reach(step)
        t, x_, u_, p_, q_, r_ = (length * s for s in step)
        later = ((u + u_) @ (p + p_) + (xi + x_) @ (q + q_)
                 + (theta[:signed] + t[:signed]) @ (r + r_)) / (2 * count + signed)
        centre = mu * (later / mu) ** 3
        t, x_, u_, p_, q_, r_ = step
        step = direction(centre - u_ * p_, centre - x_ * q_, centre - t[:signed] * r_)
        length = reach(step)
        t, x_, u_, p_, q_, r_ = (length * s for s in step)
        theta, xi, u, p, q, r = theta + t, xi + x_, u + u_, p + p_, q + q_, r + r_
    return best


def linear_program(data, margin, l1):
    x, y, classes = data
    m = matrix(x, y, classes)
    w, count = classes * x.shape[1], len(m)
    a = np.hstack([m[:, :w], -m[:, :w], m[:, w:], -np.eye(count)])
    cost = np.concatenate([np.full(2 * w, l1), np.zeros(classes), np.full(count, 1 / len(x))])
    bounds = [(0, None)] * (2 * w) + [(None, None)] * classes + [(0, None)] * count
    return scipy.optimize.linprog(cost, a, np.full(count, -margin), bounds=bounds, method="highs").fun


def write_digits():
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    lines = ["The first 300 of the UCI optical digits (E. Alpaydin, C. Kaynak; CC BY 4.0): label, 8 x 8 pixels a to q"]
    lines += [f"{y[i]} " + "".join(chr(ord("a") + int(p)) for p in x[i]) for i in range(300)]
    (HERE / "digits.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    if "--digits" in sys.argv:
        write_digits()
    else:
        for name, data, margin, l1, l2 in problems():
            if sys.argv[1:] and name not in sys.argv[1:]:
                continue
            value, bound, balance = solve(data, margin, l1, l2)
            line = f"{name:16} {value:.14g}  above the bound by {value - bound:.1e}, imbalance {balance:.0e}"
            if l2 == 0:
                line += f", HiGHS {linear_program(data, margin, l1):.14g}"
            print(line, flush=True)
