"""What scikit-learn makes of a few answers, in Tests/References/metrics.json: MetricReferenceTests compares. Needs numpy
and scikit-learn, which scripts/check-metrics brings.

    python3 Tests/References/metrics.py
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")
rng = np.random.default_rng(13)


def number(x):
    return None if x is None or np.isnan(x) else float(x)


def averages(t, p, w=None):
    result = {"accuracy": m.accuracy_score(t, p, sample_weight=w)}
    for kind in ("macro", "weighted"):
        values = m.precision_recall_fscore_support(t, p, average=kind, zero_division=0, sample_weight=w)
        result |= {f"{kind}_{name}": value for name, value in zip(("precision", "recall", "f1"), values)}
    return result


def reliability(t, p, bins):
    """calibration_curve leaves empty bins out; the error is not scikit-learn's, but follows from what is there."""
    frequency, mean = calibration_curve(t, p, n_bins=bins)
    place = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p)
    rows = np.bincount(place, minlength=bins)
    error = (rows[rows > 0] * abs(frequency - mean)).sum() / len(p)
    return frequency.tolist(), mean.tolist(), rows[rows > 0].tolist(), error


def ranked_metrics(t, s, meaning, w=None):
    """The metrics of rows that count w times each."""
    p = {"log_odds": 1 / (1 + np.exp(-s)), "probability": s, "margin": None}[meaning]
    decided = (s > (0.5 if meaning == "probability" else 0)).astype(int)
    result = averages(t, decided, w)
    values = m.precision_recall_fscore_support(t, decided, labels=[0, 1], zero_division=np.nan, sample_weight=w)
    result |= dict(zip(("precision", "recall", "f1"), (v[1] for v in values)))
    heavy = np.ones(len(t)) if w is None else w
    both = heavy[t == 1].sum() > 0 and heavy[t == 0].sum() > 0
    result["roc_auc"] = m.roc_auc_score(t, s, sample_weight=w) if both else None
    result["average_precision"] = m.average_precision_score(t, s, sample_weight=w) if heavy[t == 1].sum() > 0 else None
    if p is not None:
        result["log_loss"] = m.log_loss(t, p, labels=[0, 1], sample_weight=w)
        result["brier"] = m.brier_score_loss(t, p, sample_weight=w, pos_label=1, labels=[0, 1])
        often = heavy.astype(int)
        result["calibration_error"] = reliability(np.repeat(t, often), np.repeat(p, often), 10)[3]
    return {key: number(value) for key, value in result.items()}


def ranked(name, t, s, meaning="probability"):
    t, s = np.asarray(t), np.asarray(s, float)
    weights = np.floor(abs(s) * 1024) % 3
    case = {"name": name, "meaning": meaning, "labels": t.tolist(), "scores": s.tolist(),
            "metrics": ranked_metrics(t, s, meaning)}
    if weights.sum() > 0:
        case["weighted"] = ranked_metrics(t, s, meaning, weights)
    if meaning == "probability":
        case["frequency"], case["meanProbability"], case["binRows"], _ = reliability(t, s, 10)
    if t.min() != t.max():
        precision, recall, thresholds = m.precision_recall_curve(t, s)
        falses, trues, points = m.roc_curve(t, s, drop_intermediate=False)
        assert np.array_equal(points[1:], thresholds[::-1])
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
        best = f1.max()
        costs = falses * (t == 0).sum() + 5 * (1 - trues) * (t == 1).sum()
        case |= {"thresholds": thresholds.tolist(), "precisions": precision[:-1].tolist(),
                 "recalls": recall[:-1].tolist(), "bestF1": best, "leastCost": costs.min()}
    return case


def noisy(n, share, digits):
    t = (rng.random(n) < share).astype(int)
    s = 1 / (1 + np.exp(-(rng.normal(size=n) + 1.5 * t + np.log(share))))
    return t, s.round(digits)


def classes(name, n, count, absent=()):
    """Rows whose features are their scores; the classes are numbered from 0."""
    t = rng.choice([c for c in range(count) if c not in absent], n)
    s = (rng.normal(size=(n, count)) + 1.5 * (np.arange(count) == t[:, None])).round(3)
    e = np.exp(s)
    result = averages(t, s.argmax(1))
    result["log_loss"] = m.log_loss(t, e / e.sum(1, keepdims=True), labels=np.arange(count))
    if count > 5:
        result["top_5_accuracy"] = m.top_k_accuracy_score(t, s, k=5, labels=np.arange(count))
    return {"name": name, "labels": t.tolist(), "scores": s.tolist(), "metrics": {k: number(v) for k, v in result.items()}}


def regression_metrics(t, p, w):
    often, error = w.astype(int), abs(t - p)
    return {"mae": m.mean_absolute_error(t, p, sample_weight=w),
            "median_absolute_error": m.median_absolute_error(np.repeat(t, often), np.repeat(p, often)),
            "absolute_error_90": np.quantile(np.repeat(error, often), 0.9),
            "rmse": m.root_mean_squared_error(t, p, sample_weight=w),
            "r2": m.r2_score(t, p, sample_weight=w) if len(set(t[w > 0])) > 1 else None}


def regression(name, t, p):
    t, p = np.asarray(t, float), np.asarray(p, float)
    case = {"name": name, "targets": t.tolist(), "predictions": p.tolist(),
            "metrics": regression_metrics(t, p, np.ones(len(t))),
            "baseline": regression_metrics(t, np.full(len(t), t.mean()), np.ones(len(t))),
            "quantiles": np.quantile(t - p, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]).tolist()}
    weights = np.floor(abs(p) * 1024) % 3
    if weights.sum() > 0:
        case["weighted"] = regression_metrics(t, p, weights)
    order = np.argsort(p, kind="stable")
    cuts = [len(t) * k // 10 for k in range(11)]
    if len(set(p)) == len(p):
        case["bias"] = [(p - t)[order[a:b]].mean() for a, b in zip(cuts, cuts[1:]) if b > a]
    return case


t, s = noisy(300, 0.3, 17)
two = [
    ranked("five rows", [1, 1, 0, 0, 0], [0.9, 0.6, 0.2, 0.6, 0.4]),
    ranked("a row of each", [1, 0], [0.25, 0.75]),
    ranked("all scores equal", [1, 0, 0, 1, 0], [0.3] * 5),
    ranked("only positives", [1, 1, 1], [0.2, 0.9, 0.2]),
    ranked("only negatives", [0, 0], [0.2, 0.9]),
    ranked("one row", [1], [0.7]),
    ranked("on the bounds of the bins", [0, 1] * 11, np.repeat(np.arange(11) / 10, 2)),
    ranked("sure and wrong", [0, 1, 0, 1], [0, 0, 1, 1]),
    ranked("many ties", *noisy(200, 0.4, 1)),
    ranked("few positives", *noisy(400, 0.08, 3)),
    ranked("no ties", t, s),
    ranked("log-odds", t, np.log(s / (1 - s)).round(6), "log_odds"),
    ranked("margins", t, (3 * s - 1.5).round(2), "margin"),
]
x = rng.normal(size=250)
regressions = [
    regression("five rows", [1.5, -0.5, 2, 7.25, 3], [1, -1, 2.5, 6, 3.5]),
    regression("one row", [2], [2.5]),
    regression("equal targets", [3, 3, 3], [2, 3.5, 3]),
    regression("far from 0", (1e6 + x).round(6), (1e6 + x + rng.normal(size=250) / 3).round(6)),
    regression("skew", np.exp(x).round(5), np.exp(x + rng.normal(size=250) / 4).round(5)),
]
multiple = [classes("three classes", 60, 3), classes("classes that do not occur", 50, 8, (2, 7)), classes("ten classes", 80, 10)]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"two": two, "classes": multiple, "numbers": regressions}).replace('{"name"', '\n{"name"') + "\n")
