"""What a training claims, held against its model: the objective, the gap, that it converged."""
import dataclasses
import math
import numpy as np
import objective
from measurements import wrong_measurements
from optimum import optimum


@dataclasses.dataclass
class Truth:
    """Of an exported model."""
    objective: float
    best: float  # an objective that can be reached
    slack: float  # what rounding in Double may make of the objective
    start: float  # the objective without weights, with the best constant for a bias
    zero: float  # and without a bias
    weakness: float  # of the reference: how far clarabel's own two bounds are apart, relative

    def __init__(self, p, weights, biases):
        self.objective, rounding = objective.value(p, weights, biases)
        self.slack = rounding + 1e-10 * abs(self.objective) + 1e-300
        self.best, lowest = optimum(p)
        self.weakness = (self.best - lowest) / max(abs(self.best), 1e-12)
        middle = np.median(p.y) if p.loss in ("squared", "huber") and p.intercept else 0
        self.start = objective.value(p, 0 * weights, 0 * biases + middle)[0]
        self.zero = objective.value(p, 0 * weights, 0 * biases)[0]

    @property
    def excess(self):
        return self.objective - self.best

    @property
    def nothing(self):
        """Where so little is left of what there was at the start, a share of what is left means nothing."""
        return 1e-12 * self.start


def violations(recipe, metrics, p, weights, biases):
    """All that is said and is not true, in words; and how weak the reference was."""
    if not (np.isfinite(weights).all() and np.isfinite(biases).all()):
        return ["the model's parameters are not finite"], 0
    if not p.intercept and (biases != 0).any():
        return [f"biases {biases} of a model without an intercept"], 0
    truth = Truth(p, weights, biases)
    if not isinstance(metrics["objective"], float | int) or not math.isfinite(metrics["objective"]):
        return [f"objective {metrics['objective']}"], truth.weakness
    is_float = metrics["precision"] == "float"
    words = [*wrong_objective(metrics, truth), *wrong_measurements(p, metrics, weights, biases, is_float),
             *wrong_proof(metrics, truth)]
    if not recipe.by_batches:
        words += wrong_end(recipe, metrics, truth)
        # What Float has no numbers for, a model of Floats cannot reach.
        unreachable = objective.value(p, weights, biases, 2.0 ** -24)[1] if is_float else 0
        # Features as they are can be of any size: there the first point is zero, and else no worse than a constant.
        first = truth.start if recipe.options.get("scaling", "auto") in ("auto", "standard") else truth.zero
        if truth.objective > first * (1 + 1e-6) + truth.slack + unreachable:
            words.append(f"objective {truth.objective!r} is worse than {first!r} without weights")
    gap, allowed = metrics["gap"], allowance(recipe, truth)
    if metrics["certified"] and (gap is None or gap > allowed):
        words.append(f"certified, with a gap of {gap} at an objective of {truth.objective:.6g}"
                     f" and a tolerance of {recipe.tolerance:g}")
    return words, truth.weakness


def allowance(recipe, truth):
    """How far what is proved, or converged, may be from the optimum."""
    return recipe.tolerance * abs(truth.objective) + truth.slack + truth.nothing


def wrong_objective(metrics, truth):
    said = metrics["objective"]
    if abs(said - truth.objective) > truth.slack:
        yield f"objective {said!r}, but the model's is {truth.objective!r}"
    if abs(metrics["loss"] + metrics["penalty"] - said) > 1e-12 * abs(said):
        yield f"objective {said!r} of {metrics['loss']!r} and {metrics['penalty']!r}"


def wrong_proof(metrics, truth):
    gap, relative = metrics["gap"], metrics.get("gap_relative")
    if gap is None:
        return
    if not math.isfinite(gap) or gap < 0:
        yield f"gap {gap}"
    elif truth.excess > gap + truth.slack:
        yield f"false proof: gap {gap:.6g}, but {truth.excess:.6g} above {truth.best!r}, which can be reached"
    if relative is not None and abs(relative * abs(metrics["objective"]) - gap) > 1e-9 * gap + truth.slack + truth.nothing:
        yield f"gap_relative {relative}, gap {gap}, objective {metrics['objective']}"


def wrong_end(recipe, metrics, truth):
    gap, strict, allowed = metrics["gap"], recipe.options.get("strict"), allowance(recipe, truth)
    size = max(abs(truth.objective), 1e-300)
    if (strict or metrics.get("converged", metrics["stop_reason"] == "converged")) and truth.excess > allowed:
        yield (f"{'--strict passes' if strict else 'converged'}, but {truth.excess:.6g} above {truth.best!r}:"
               f" {truth.excess / size:.3g} for {recipe.tolerance:g}")
    elif strict and gap is not None and gap > allowed:
        yield f"--strict passes with a gap of {gap:.6g}: {gap / size:.3g} for {recipe.tolerance:g}"
