"""Reference values of Tests/DescentTests/DirectTests.swift: scikit-learn's Ridge, alpha = n·l2, in double."""
import numpy as np
from sklearn.linear_model import Ridge


def noise(i, j):
    return ((i * 7919 + j * 10473 + i * j * 31 + 17) % 1000) / 500 - 1


def case(rows, columns, outputs, l2, shift):
    x = np.array([[noise(i, j) for j in range(columns)] for i in range(rows)]) + shift
    t = np.array([[2 * noise(i, 91 + c) + 3 * x[i, 0] + 10 for c in range(outputs)] for i in range(rows)])
    if l2 > 0:
        m = Ridge(alpha=rows * l2, solver="svd").fit(x, t)
        w, b = m.coef_.reshape(outputs, columns), m.intercept_
    else:
        w = np.linalg.lstsq(x - x.mean(0), t - t.mean(0), rcond=None)[0].T
        b = t.mean(0) - w @ x.mean(0)
    r = t - x @ w.T - b
    value = (r * r).sum() / (2 * rows) + l2 / 2 * (w * w).sum()
    print(f"    Reference(\n      rows: {rows}, columns: {columns}, outputs: {outputs}, l2: {l2}, shift: {float(shift)},\n"
          f"      objective: {float(value)!r}, weight: {float(w[-1, 0])!r}, bias: {float(b[-1])!r}),")


for c in [(60, 5, 1, 1e-2, 0), (60, 5, 3, 1e-2, 0), (60, 5, 1, 0.0, 0), (2000, 40, 2, 1e-3, 0), (60, 5, 1, 1e-8, 1000),
          (12, 40, 2, 1e-2, 0), (12, 40, 1, 10.0, 5)]:
    case(*c)
