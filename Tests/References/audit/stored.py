"""Makes the problems of Tests/Laws/AuditLaws.swift, with their optima: of each loss and penalty, a kind after the other,
small and with few digits. Prints JSON, a problem a line.

    python Tests/References/audit/stored.py > Tests/References/audit/stored.json
"""
import itertools
import json
import sys
from pathlib import Path
import numpy as np
import objective
import problems
from optimum import optimum
from recipes import LOSSES

sys.path.append(str(Path(__file__).parent.parent))
import quantiles

PENALTIES = [(0, 0), (0.03, 0), (0, 0.01), (0.002, 0.1)]
SCALINGS = ["standard", "standard", "none"]


def few_digits(numbers):
    """Four of the spread, under an offset too."""
    spread = np.std(numbers, 0)
    digits = np.where(spread > 0, 3 - np.floor(np.log10(np.where(spread > 0, spread, 1))), 4).astype(int)
    return np.vectorize(lambda v, n: float(np.round(v, n)))(numbers, np.broadcast_to(digits, np.shape(numbers)))


def made(number, kind, loss, l1, l2, best=lambda p: optimum(p)[0]):
    g = np.random.default_rng([11, number])
    x = problems.KINDS[kind](g)
    x = few_digits(x[:12, :9 if kind == "wide" else 5][:6 if kind == "wide" else 12])
    classes = 1 if loss in ("squared", "huber") else 2 if loss == "logistic" else 3
    if classes == 1:
        y = few_digits(problems.values(kind, x, g))
    else:
        y = problems.labels(kind, x, g, classes)
    scaling = SCALINGS[number % 3]
    # Weights of such columns as they are would be all that the problem is about.
    if kind in ("scales", "offsets"):
        scaling = "standard"
    p = objective.Problem(x, y, loss, classes, l1, l2, objective.factors(x, scaling, False, False))
    return {"kind": kind, "loss": loss, "l1": l1, "l2": l2, "scaling": scaling, "classes": classes,
            "x": x.tolist(), "y": [float(v) for v in y], "optimum": best(p)}


def quantile(number, kind, l1):
    """The quantile 0.8, by HiGHS."""
    problem = made(number, kind, "huber", l1, 0, lambda p: 0.0)
    x, y = np.array(problem["x"]), np.array(problem["y"])
    deviations = x.std(0) if problem["scaling"] == "standard" else np.ones(x.shape[1])
    scaled = x / np.where(deviations > 0, deviations, 1)
    # Its tolerances are absolute.
    centre, spread = np.median(y), np.ptp(y) or 1.0
    best = spread * quantiles.optimum(scaled - scaled.mean(0), (y - centre) / spread, 0.8, l1)[0]
    return problem | {"loss": "quantile", "optimum": float(best)}


def main():
    kinds = [kind for kind in problems.KINDS if kind != "many rows"]
    recipes = itertools.product(range(3), LOSSES, PENALTIES)
    lines = []
    for number, (_, loss, (l1, l2)) in enumerate(recipes):
        # The hinge without a penalty has no solver that sees all rows.
        if loss == "hinge" and l1 == l2 == 0:
            continue
        problem = made(number, kinds[number * 5 % len(kinds)], loss, l1, l2)
        lines.append(json.dumps(problem, separators=(",", ":")))
    for number, (kind, l1) in enumerate(itertools.product(kinds[::3], (0, 0.03))):
        lines.append(json.dumps(quantile(number, kind, l1), separators=(",", ":")))
    print("[\n" + ",\n".join(lines) + "\n]")


main()
