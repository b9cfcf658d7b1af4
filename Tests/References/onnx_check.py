"""Trains every kind of model that Descent writes, in both precisions, and shows each to onnx.checker and to ONNX
Runtime: their scores must be Descent's, to 1e-6 (Float) or 1e-12 (Double) of the largest score, and their
probabilities to as much of 1. (A single score can come as near to 0 as one likes: no two ways to sum it agree to a
part of that.) Needs numpy, onnx and onnxruntime. scripts/check-onnx runs it.

    python Tests/References/onnx_check.py DESCENT
"""

import itertools
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime

descent = pathlib.Path(sys.argv[1]).resolve()
root = pathlib.Path(__file__).resolve().parents[2]
digits = np.loadtxt(root / "Data/digits/digits.csv", delimiter=",", skiprows=1)[:600]
folder = pathlib.Path(tempfile.mkdtemp(prefix="descent-onnx-"))
generator = np.random.default_rng(0)


def write(name, rows, labels):
    """A table whose numbers are Floats, so that both read the same."""
    rows = rows.astype(np.float32)
    lines = [",".join([repr(float(x)) for x in row] + [label]) for row, label in zip(rows, labels)]
    header = ",".join([f"x{i}" for i in range(rows.shape[1])] + ["y"])
    (folder / name).write_text("\n".join([header] + lines) + "\n")
    return rows


x, y = digits[:, :-1], digits[:, -1].astype(int)
two = y < 2
# A mean far from 0, measured in spreads, costs Float its last digits once the scaling is folded in.
numbers = (generator.normal(size=(300, 12)) + 1) * np.logspace(-2, 2, 12)
data = {
    "classes": write("classes.csv", x, [f"digit {c}" for c in y]),
    "two": write("two.csv", x[two], ["zero" if c == 0 else "one" for c in y[two]]),
    "numbers": write("numbers.csv", numbers,
                     [repr(float(v)) for v in numbers @ np.logspace(1, -3, 12) + generator.normal(size=300)]),
    "counts": write("counts.csv", numbers / np.logspace(-2, 2, 12),
                    [str(v) for v in generator.poisson(np.exp(numbers / np.logspace(-2, 2, 12) @ np.linspace(-0.3, 0.3, 12)))]),
}
linear = [("classes", loss, "") for loss in ("softmax", "hinge", "squared-hinge")]
linear += [("two", loss, "") for loss in ("softmax", "hinge", "logistic")]
linear += [("numbers", loss, "") for loss in ("squared", "huber")] + [("classes", "softmax", "--l1 0.001 --l2 0")]
linear += [("counts", "poisson", "")]
network = [("classes", "softmax", f"--model network --hidden 20,10 --activation {activation} --epochs 5")
           for activation in ("relu", "leaky-relu", "tanh", "sigmoid")]
network += [("two", "logistic", "--model network --hidden 8 --dropout 0.3 --epochs 5"),
            ("numbers", "squared", "--model network --hidden 8 --epochs 5")]
calibrated = [(data, loss, f"--calibrate {method}") for method in ("sigmoid", "isotonic")
              for data, loss in (("classes", "squared-hinge"), ("two", "hinge"), ("two", "softmax"), ("two", "logistic"))]


def curve(shape, score):
    """The probability that a calibration's curve gives a score."""
    if "sigmoid" in shape:
        return 1 / (1 + np.exp(-(shape["sigmoid"]["slope"] * score + shape["sigmoid"]["offset"])))
    return np.interp(score, shape["isotonic"]["scores"], shape["isotonic"]["probabilities"])


def by_curves(calibration, scores):
    """What the calibration in a model's metadata makes of scores."""
    curves = json.loads(calibration)["curves"]
    if len(curves) == 1:
        second = curve(curves[0], scores[:, -1] - (scores[:, 0] if scores.shape[1] == 2 else 0))
        return second[:, None] if scores.shape[1] == 1 else np.stack([1 - second, second], 1)
    shares = np.stack([curve(c, scores[:, k]) for k, c in enumerate(curves)], 1)
    total = shares.sum(1, keepdims=True)
    return np.where(total > 0, shares / np.where(total > 0, total, 1), 1 / len(curves))


def run(*arguments):
    return subprocess.run([descent, *map(str, arguments)], cwd=folder, check=True, capture_output=True,
                          text=True).stdout


def printed(model, table, flag, classes):
    lines = run("predict", model, table, "--output-header", "no", *flag).splitlines()
    return np.array([[float(v) for v in line.split(",")[1 if classes else 0:]] for line in lines])


failures, worst = 0, {"float": 0.0, "double": 0.0}
for (name, loss, options), precision in itertools.product(linear + calibrated + network, ("float", "double")):
    run("train", f"{name}.csv", "--loss", loss, "--precision", precision, "--quiet", "--time-limit", 20,
        "-o", "model.onnx", *options.split())
    model = onnx.load(folder / "model.onnx")
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    rows = data[name].astype(np.float64 if precision == "double" else np.float32)
    found = dict(zip([o.name for o in session.get_outputs()], session.run(None, {"features": rows})))
    single = session.run(["scores"], {"features": rows[:1]})[0]
    isclass = name not in ("numbers", "counts")
    expected = {"scores": printed("model.onnx", f"{name}.csv", ["--scores"] if isclass or loss == "poisson" else [], isclass)}
    if "predictions" in found:
        expected["predictions"] = printed("model.onnx", f"{name}.csv", [], False)
    if "probabilities" in found:
        probabilities = printed("model.onnx", f"{name}.csv", ["--probabilities"], True)
        expected["probabilities"] = probabilities[:, 1:] if loss == "logistic" else probabilities
    assert set(expected) == set(found) and single.shape == (1, found["scores"].shape[1])
    assert ("probabilities" in found) == (loss in ("softmax", "logistic") or "--calibrate" in options)
    metadata = session.get_modelmeta().custom_metadata_map
    assert {"classes", "features", "loss", "objective", "l2", "seed", "precision", "label"} <= set(metadata), metadata
    limit = 1e-12 if precision == "double" else 1e-6
    if "calibration" in metadata:
        # A curve may be so steep that the last bit of a score shows: it is held to the scores of the graph itself.
        limit *= 10
        expected["probabilities"] = by_curves(metadata["calibration"], found["scores"])
    error = max(float(np.abs(found[k] - expected[k]).max() / (np.abs(expected[k]).max() if k == "scores" else 1))
                for k in expected)
    worst[precision] = max(worst[precision], error)
    failures += error > limit
    print(f"{'FAIL' if error > limit else 'ok':4} {error:8.1e} of {limit:.0e}  {precision:6} {name} {loss} {options}")
print(f"largest difference: Float {worst['float']:.1e}, Double {worst['double']:.1e} of the largest score")
sys.exit(failures > 0)
