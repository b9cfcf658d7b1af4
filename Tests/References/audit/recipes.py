"""Random recipes: what `descent train` is told, and the file that it is told it of."""
import dataclasses
import numpy as np
import problems

LOSSES = ["softmax", "logistic", "hinge", "squared-hinge", "squared", "huber"]
BATCHES = ["sgd", "momentum", "adam"]


@dataclasses.dataclass
class Recipe:
    kind: str
    x: np.ndarray
    y: np.ndarray
    options: dict  # without what is given by the file
    format: str
    holds_bytes: bool = False
    tolerance: float = 1e-4
    by_batches: bool = False

    def write(self, folder):
        """Writes the data; returns the command's words that name them."""
        is_regression = self.options["loss"] in ("squared", "huber")
        if self.format == "npy":
            np.save(folder / "x.npy", self.x)
            np.save(folder / "y.npy", self.y)
            return ["x.npy", "--labels", "y.npy"]
        if self.format == "svm":
            rows = [" ".join([f"{t!r}"] + [f"{j + 1}:{v!r}" for j, v in enumerate(row) if v])
                    for t, row in zip(self.y.tolist(), self.x.tolist())]
            (folder / "data.svm").write_text("\n".join(rows) + "\n")
            return ["data.svm"]
        names = self.y.tolist() if is_regression else [f"kind {c}" for c in self.y]
        rows = [",".join([f"{v!r}" for v in row] + [str(t)]) for t, row in zip(names, self.x.tolist())]
        header = ",".join([f"feature {j}" for j in range(self.x.shape[1])] + ["target"])
        (folder / "data.csv").write_text("\n".join([header] + rows) + "\n")
        return ["data.csv"]

    def words(self):
        result = []
        for name, value in self.options.items():
            result += [f"--{name}"] if value is True else [f"--{name}", str(value)]
        return result


def solvers(loss, l1, l2, format):
    """Those that see all rows, but auto."""
    if loss == "hinge":
        dual = ["dual"] if format == "svm" and l2 > 0 and l1 == 0 else []
        return dual + ["augmented-lagrangian"] if l1 > 0 or l2 > 0 else []
    if l1 > 0:
        return ["proximal-newton", "gradient-descent"]
    return ["newton", "lbfgs", "gradient-descent", "proximal-newton"] + (["direct"] if loss == "squared" else [])


def strength(g):
    return float(f"{10 ** g.uniform(-6, 1):.3g}")


def recipe(seed, number, known):
    """The problem of that number; `known` is the tool's help, which tells the options that it has."""
    g = np.random.default_rng([seed, number])
    kind = list(problems.KINDS)[number % len(problems.KINDS)]
    loss = LOSSES[int(g.integers(len(LOSSES)))]
    x = problems.features(kind, g)
    penalty = g.choice(["l1", "l2", "both", "none"])
    l1 = strength(g) if penalty in ("l1", "both") else 0.0
    l2 = strength(g) if penalty in ("l2", "both") else 0.0
    options = {"loss": loss, "l1": l1, "l2": l2}
    if loss in ("squared", "huber"):
        y = problems.values(kind, x, g)
    else:
        y = problems.labels(kind, x, g, 2 if loss == "logistic" else int(g.integers(2, min(6, len(x)) + 1)))
    format = g.choice(["csv", "npy", "svm"])
    made = Recipe(kind, x, y, options, str(format))
    if format == "npy":
        # Each type that holds the numbers, or nearly.
        whole = bool((x == np.round(x)).all() and abs(x).max() < 2 ** 31)
        types = [np.float64, np.float64, np.float32] + [np.int32, np.int64] * whole
        types += [np.uint8, np.uint8] * bool(whole and x.min() >= 0 and x.max() < 256)
        made.x = x.astype(types[int(g.integers(len(types)))])
        made.holds_bytes = made.x.dtype == np.uint8
    scaling = g.choice(["auto", "standard", "none", "factor"])
    if scaling != "auto":
        options["scaling"] = f"{10 ** g.uniform(-3, 1):.3g}" if scaling == "factor" else str(scaling)
    precisions = ["float", "double"] + ["auto"] * ("auto, float" in known or "auto | float" in known)
    if g.random() < 0.8:
        options["precision"] = str(g.choice(precisions))
    if loss == "huber" and "--delta" in known and g.random() < 0.5:
        options["delta"] = float(f"{10 ** g.uniform(-2, 1) * max(y.std(), 1e-3):.3g}")
    if loss in ("hinge", "squared-hinge") and g.random() < 0.3:
        options["margin"] = float(g.choice([0.3, 2]))
    if "--no-intercept" in known and g.random() < 0.15:
        options["no-intercept"] = True
    explicit = solvers(loss, l1, l2, format)
    if g.random() < 0.1:
        options |= {"solver": str(g.choice(BATCHES)), "epochs": 20, "batch-size": 16}
    elif explicit and g.random() < 0.5:
        options["solver"] = str(g.choice(explicit))
    made.by_batches = not explicit or "epochs" in options
    if not made.by_batches:
        made.tolerance = float(g.choice([1e-2, 1e-4, 1e-6, 1e-8]))
        if made.tolerance != 1e-4 or g.random() < 0.5:
            options["tolerance"] = made.tolerance
        if g.random() < 0.5:
            options["strict"] = True
    options |= {"threads": 1, "time-limit": 10}
    options["output"] = "model.safetensors" if g.random() < 0.5 else "model.onnx"
    return made
