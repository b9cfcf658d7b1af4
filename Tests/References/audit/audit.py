"""One problem: the command, and whether all that it says is true."""
import dataclasses
import json
import shutil
import subprocess
import numpy as np
import modelfiles
import objective
from claims import violations
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


def delta_of(*places):
    """Huber's δ, wherever this version's metrics or model say it; it was 1 where none was said."""
    for place in places:
        if isinstance(place, str) and place[:1] in "[{":
            place = json.loads(place)
        if isinstance(place, dict):
            said = place.get("value") if place.get("name") == "delta" else place.get("delta")
            if said is not None:
                return float(said)
        inner = place.values() if isinstance(place, dict) else place if isinstance(place, list) else []
        for value in inner:
            if (found := delta_of(value)) != 1.0:
                return found
    return 1.0


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
    x, options, intercept = made.x.astype(float), made.options, "no-intercept" not in made.options
    scaling = objective.factors(
        x, options.get("scaling", "auto"), made.format == "svm", made.holds_bytes, intercept)
    p = objective.Problem(
        x, numbers_of(made, texts), options["loss"], metrics["classes"] or 1, options["l1"], options["l2"], scaling,
        options.get("margin", 1.0), delta_of(metrics, texts), intercept)
    found.has_gap, found.is_proved = metrics["gap"] is not None, metrics["certified"]
    found.violations, found.weakness = violations(made, metrics, p, weights, biases.astype(float))
    if not found.violations:
        shutil.rmtree(folder)
    return found
