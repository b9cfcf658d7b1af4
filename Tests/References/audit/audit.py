"""One problem: the command, and whether all that it says is true."""
import dataclasses
import json
import math
import shutil
import subprocess
import numpy as np
import modelfiles
import objective
from measurements import wrong_measurements
from optimum import optimum
from recipes import recipe


@dataclasses.dataclass
class Finding:
    """What became of a problem."""
    number: int
    kind: str
    loss: str
    command: str
    violations: list
    refusal: str = ""
    is_proved: bool = False
    has_gap: bool = False
    weakness: float = 0.0  # of the reference: how far clarabel's own two bounds are apart, relative


def numbers_of(recipe, texts):
    """The targets as the model sees them: numbers, or the places of their names in the model's list."""
    if recipe.options["loss"] in ("squared", "huber"):
        return recipe.y.astype(float)
    prefix = "kind " if recipe.format == "csv" else ""
    places = {name: place for place, name in enumerate(json.loads(texts["classes"]))}
    return np.array([places[f"{prefix}{c}"] for c in recipe.y])


def delta_of(metrics, texts):
    """Huber's δ, wherever this version says it; it was 1 where none was said."""
    for place in (metrics, metrics.get("settings") or {}, metrics.get("loss_settings") or {}, texts):
        if isinstance(place, dict) and place.get("delta") is not None:
            return float(place["delta"])
    return 1.0


def violations(recipe, metrics, p, weights, biases, found):
    """All that is said and is not true, in words."""
    if not (np.isfinite(weights).all() and np.isfinite(biases).all()):
        yield "the model's parameters are not finite"
        return
    said, gap, strict = metrics["objective"], metrics["gap"], recipe.options.get("strict")
    real, rounding = objective.value(p, weights, biases)
    slack = rounding + 1e-10 * abs(real)
    best, lowest = optimum(p)
    found.weakness = (best - lowest) / max(abs(best), 1e-12)
    found.has_gap, found.is_proved = gap is not None, metrics["certified"]
    if not isinstance(said, float | int) or not math.isfinite(said):
        yield f"objective {said}"
        return
    if abs(said - real) > slack:
        yield f"objective {said!r}, but the model's is {real!r}"
    if abs(metrics["loss"] + metrics["penalty"] - said) > 1e-12 * abs(said):
        yield f"objective {said!r} of {metrics['loss']!r} and {metrics['penalty']!r}"
    yield from wrong_measurements(p, metrics, weights, biases, metrics["precision"] == "float")
    excess = real - best
    is_regression = p.loss in ("squared", "huber")
    middle = np.median(p.y) if is_regression and p.intercept else 0
    start = objective.value(p, 0 * weights, 0 * biases + middle)[0]
    # Where nothing is left of what there was at the start, a share of what is left means nothing.
    allowed = recipe.tolerance * abs(real) + slack + 1e-12 * start
    if gap is not None and (not math.isfinite(gap) or gap < 0):
        yield f"gap {gap}"
    elif gap is not None and excess > gap + slack:
        yield f"false proof: gap {gap:.6g}, but {excess:.6g} above {best!r}, which can be reached"
    if metrics["certified"] and (gap is None or gap > allowed):
        yield f"certified, with a gap of {gap} at an objective of {real:.6g} and a tolerance of {recipe.tolerance:g}"
    relative = metrics.get("gap_relative")
    if relative is not None and gap is not None and abs(relative * abs(said) - gap) > 1e-9 * gap + slack:
        yield f"gap_relative {relative}, gap {gap}, objective {said}"
    converged = metrics.get("converged", metrics["stop_reason"] == "converged")
    if not recipe.by_batches and (strict or converged) and excess > allowed:
        word = "--strict passes" if strict else "converged"
        yield f"{word}, but {excess:.6g} above {best!r}: {excess / max(abs(real), 1e-300):.3g} for {recipe.tolerance:g}"
    elif strict and gap is not None and gap > allowed:
        yield f"--strict passes with a gap of {gap:.6g}: {gap / max(abs(real), 1e-300):.3g} for {recipe.tolerance:g}"
    if not recipe.by_batches and real > start * (1 + 1e-6) + slack:
        yield f"objective {real!r} is worse than {start!r} without weights"


def check(tool, home, seed, number, known):
    made = recipe(seed, number, known)
    folder = home / f"{number:05}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    words = ["train", *made.write(folder), *made.words(), "--metrics", "metrics.json"]
    command = f"cd {folder} && {tool} " + " ".join(words)
    found = Finding(number, made.kind, made.options["loss"], command, [])
    try:
        run = subprocess.run([tool, *words], cwd=folder, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        found.violations.append("not done after two minutes, with a time limit of 10 seconds")
        return found
    (folder / "said.txt").write_text(run.stderr)
    if run.returncode != 0:
        found.refusal = (run.stderr.strip().splitlines() or [""])[-1]
        if run.returncode not in (65, 70):
            found.violations.append(f"exit code {run.returncode}: {found.refusal}")
        elif (folder / made.options["output"]).exists():
            found.violations.append(f"exit code {run.returncode}, and a model is there")
        if not found.violations:
            shutil.rmtree(folder)
        return found
    metrics = json.loads((folder / "metrics.json").read_text())
    weights, biases, texts = modelfiles.read(folder / made.options["output"])
    # Rows of LIBSVM end at the last column that is not 0 anywhere.
    weights = np.pad(weights.astype(float), [(0, 0), (0, made.x.shape[1] - weights.shape[1])])
    x = made.x.astype(float)
    p = objective.Problem(
        x, numbers_of(made, texts), made.options["loss"], metrics["classes"] or 1, made.options["l1"],
        made.options["l2"],
        objective.factors(x, made.options.get("scaling", "auto"), made.format == "svm", made.holds_bytes),
        made.options.get("margin", 1.0), delta_of(metrics, texts), "no-intercept" not in made.options)
    found.violations += violations(made, metrics, p, weights, biases.astype(float), found)
    if not found.violations:
        shutil.rmtree(folder)
    return found
