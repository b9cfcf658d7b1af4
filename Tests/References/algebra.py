"""What NumPy and SciPy make of known matrices, in Tests/References/algebra.json: AlgebraReferenceTests compares. Needs
numpy and scipy, which scripts/check-metrics brings.

    python3 Tests/References/algebra.py
"""
import json
from pathlib import Path

import numpy as np
import scipy.linalg as sl


def frank(n):
    i, j = np.indices((n, n))
    return np.where(j >= i - 1, n - np.maximum(i, j), 0).astype(float)


def grcar(n):
    return sum(np.diag(np.ones(n - d), d) for d in range(4)) - np.diag(np.ones(n - 1), -1)


def wilkinson(n):
    """W+, whose largest eigenvalues come in pairs."""
    return np.diag(np.abs(np.arange(n) - n // 2).astype(float)) + np.diag(np.ones(n - 1), 1) + np.diag(np.ones(n - 1), -1)


random = np.random.default_rng(17)
MATRICES = {
    "1 × 1": np.array([[-3.0]]),
    "Hilbert 4": sl.hilbert(4),
    "Hilbert 8": sl.hilbert(8),
    "inverse Hilbert 5": sl.invhilbert(5),
    "Pascal 6": sl.pascal(6).astype(float),
    "Wilkinson 21": wilkinson(21),
    "Vandermonde 6": np.vander(np.arange(1.0, 7) / 2),
    "Frank 8": frank(8),
    "Grcar 10": grcar(10),
    "Kahan 7": np.triu(np.full((7, 7), -np.cos(1.2)) + np.diag(np.full(7, 1 + np.cos(1.2)))) * np.sin(1.2) ** np.arange(7)[:, None],
    "magic 4, rank 3": np.array([[16, 2, 3, 13], [5, 11, 10, 8], [9, 7, 6, 12], [4, 14, 15, 1.0]]),
    "companion": sl.companion([1, -10, 35, -50, 24]),
    "rotation": np.array([[0.6, -0.8, 0], [0.8, 0.6, 0], [0, 0, 2.0]]),
    "tall": random.standard_normal((9, 4)),
    "wide": random.standard_normal((3, 8)),
    "tall, rank 2": random.standard_normal((7, 2)) @ random.standard_normal((2, 5)),
    "wide, rank 2": random.standard_normal((4, 2)) @ random.standard_normal((2, 6)),
    "tall of one column": random.standard_normal((6, 1)),
    "square": random.standard_normal((12, 12)),
}

PRINTED = {
    "whole numbers": [[1, 2], [-3, 40]],
    "halves": [[1, 0.5], [-3, 2]],
    "thirds": [[1 / 3, 2], [2 / 3, -100]],
    "small and large": [[1, 1e-5], [-2.5, 3]],
    "large": [[1e10, 1], [-2, 3]],
    "above a thousandfold": [[1001, 1], [2, 3]],
    "not finite": [[float("nan"), 1], [float("inf"), -2.5]],
    "none finite": [[float("nan"), float("-inf")]],
    "minus infinity": [[float("-inf"), 1.25]],
    "zeros": [[0, -0.0], [0, 0]],
    "one": [[0.1]],
    "corners": np.arange(1200.0).reshape(30, 40),
    "long rows": np.arange(1005.0).reshape(3, 335),
}


def facts(a):
    b = a @ np.arange(1.0, a.shape[1] + 1) + np.arange(a.shape[0]) / 8
    found = {
        "matrix": a, "b": b, "one": np.linalg.norm(a, 1), "infinity": np.linalg.norm(a, np.inf),
        "frobenius": np.linalg.norm(a), "spectral": np.linalg.norm(a, 2),
        "singularValues": np.linalg.svd(a, compute_uv=False), "rank": np.linalg.matrix_rank(a, tol=1e-10 * np.linalg.norm(a, 2)),
        "pseudoinverse": np.linalg.pinv(a, rcond=1e-10), "leastSquares": np.linalg.lstsq(a, b, rcond=1e-10)[0],
    }
    if a.shape[0] == a.shape[1]:
        sign, logarithm = np.linalg.slogdet(a)
        values = np.linalg.eigvals(a)
        found |= {"sign": int(sign), "logarithm": logarithm, "determinant": np.linalg.det(a),
                  "eigenvalues": [[v.real, v.imag] for v in sorted(values, key=lambda v: (round(v.real, 6), v.imag))]}
        if found["rank"] == len(a):
            found |= {"inverse": np.linalg.inv(a), "condition": np.linalg.cond(a, np.inf), "solution": np.linalg.solve(a, b)}
    return found


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return np.asarray(value).tolist()


matrices = {name: plain(facts(a)) for name, a in MATRICES.items()}
printed = {name: {"matrix": [[str(x) for x in row] for row in np.asarray(a, float)], "text": np.array2string(np.asarray(a, float), max_line_width=10**6)}
           for name, a in PRINTED.items()}
target = Path(__file__).with_suffix(".json")
lines = ",\n".join(json.dumps({"name": name, **facts}) for name, facts in matrices.items())
target.write_text(f'{{"matrices": [\n{lines}\n],\n"printed": {json.dumps(list(printed.values()))}}}\n')
