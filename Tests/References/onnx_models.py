"""Exports models from scikit-learn (skl2onnx) and PyTorch (both exporters) to Tests/References/onnx, and what ONNX
Runtime makes of a few rows: OnnxForeignTests compares. Needs numpy, scikit-learn, skl2onnx, torch, onnxscript,
onnx and onnxruntime.

    python Tests/References/onnx_models.py
"""

import json
import pathlib
import sys
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
from skl2onnx import to_onnx
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType
from sklearn.datasets import load_diabetes, load_iris
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, SGDClassifier
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier
from torch import nn

warnings.filterwarnings("ignore")
folder = pathlib.Path(__file__).parent / "onnx"
cases = []


def outputs(path, rows):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    values = session.run(None, {session.get_inputs()[0].name: rows})
    return dict(zip([output.name for output in session.get_outputs()], values))


def record(name, rows, kind, refused=None, expected=None, classes=None):
    """kind: what the model's last output holds, 'scores', 'probabilities' or 'log-probabilities'."""
    case = {"file": f"{name}.onnx", "kind": kind}
    if refused:
        cases.append(case | {"refused": refused})
        return
    found = outputs(folder / f"{name}.onnx", rows)
    values = np.asarray(list(found.values())[-1])
    values = values.reshape(len(rows), -1)
    if expected is not None:  # what the library itself says, which knows nothing of ONNX
        expected = np.asarray(expected).reshape(len(rows), -1)
        if expected.shape[1] == 1 and values.shape[1] == 2:  # a binary decision, written as both classes' scores
            expected = np.hstack([-expected, expected])
        assert expected.shape == values.shape, (name, expected.shape, values.shape)
        assert np.abs(values - expected).max() <= 2e-5 * max(1, np.abs(expected).max()), name
    case["precision"] = "double" if rows.dtype == np.float64 else "float"
    case["rows"] = rows.reshape(len(rows), -1).astype(float).tolist()
    case["values"] = values.astype(float).tolist()
    if classes is not None:
        case["classes"] = [str(c) for c in classes]
    labels = [v for v in found.values() if v.ndim == 1 and v.dtype.kind in "iUO"]
    if labels:
        case["labels"] = [str(v) for v in labels[0]]
    cases.append(case)


# scikit-learn

iris, diabetes = load_iris(), load_diabetes()
names = iris.target_names[iris.target]
two = iris.target < 2


def scikit(name, model, x, y, kind="probabilities", double=False, refused=None, zipmap=False):
    model.fit(x, y)
    tensor = DoubleTensorType if double else FloatTensorType
    options = {"zipmap": zipmap} if hasattr(model, "classes_") and not isinstance(model, LinearSVC) else {}
    exported = to_onnx(
        model, initial_types=[("x", tensor([None, x.shape[1]]))], target_opset={"": 17, "ai.onnx.ml": 3},
        options={id(model): options} if options and not zipmap else None)
    onnx.save(exported, folder / f"{name}.onnx")
    rows = x[:: len(x) // 12][:12].astype(np.float64 if double else np.float32)
    if refused:
        return record(name, rows, kind, refused)
    if zipmap:
        # A list of dictionaries: compared by the same model without.
        cases.append({**cases[-1], "file": f"{name}.onnx"})
        return
    if hasattr(model, "predict_proba"):
        expected = model.predict_proba(rows)
    elif hasattr(model, "decision_function"):
        expected = model.decision_function(rows)
        kind = "scores"
    else:
        expected, kind = model.predict(rows), "scores"
    record(name, rows, kind, None, expected, getattr(model, "classes_", None))


def scikits():
    x, y = iris.data.astype(np.float32), iris.target
    logistic = LogisticRegression(max_iter=500)
    scikit("sklearn-logistic", logistic, x, y)
    scikit("sklearn-logistic-zipmap", LogisticRegression(max_iter=500), x, y, zipmap=True)
    scikit("sklearn-logistic-names", LogisticRegression(max_iter=500), x, names)
    scikit("sklearn-logistic-binary", LogisticRegression(), x[two], y[two])
    scikit("sklearn-linear-svc", LinearSVC(), x, y)
    scikit("sklearn-linear-svc-binary", LinearSVC(), x[two], names[two])
    scikit("sklearn-sgd", SGDClassifier(random_state=0), x, y)
    scikit("sklearn-sgd-log", SGDClassifier(random_state=0, loss="log_loss"), x, y, refused="Exp")
    scikit("sklearn-sgd-binary", SGDClassifier(random_state=0), x[two], y[two])
    scikit("sklearn-sgd-log-binary", SGDClassifier(random_state=0, loss="log_loss"), x[two], y[two])
    scikit("sklearn-ridge", Ridge(), diabetes.data.astype(np.float32), diabetes.target)
    scikit("sklearn-regression-double", LinearRegression(), diabetes.data, diabetes.target, double=True)
    scikit("sklearn-mlp", MLPClassifier((5,), max_iter=300, random_state=0), x, names)
    scikit("sklearn-mlp-binary", MLPClassifier((4,), max_iter=300, random_state=0), x[two], y[two])
    scikit("sklearn-mlp-double", MLPClassifier((5, 3), activation="logistic", max_iter=300, random_state=0),
           iris.data, y, double=True)
    scikit("sklearn-mlp-regressor", MLPRegressor(hidden_layer_sizes=(6,), activation="tanh", max_iter=300, random_state=0),
           diabetes.data.astype(np.float32) * 10, diabetes.target / 100)
    scikit("sklearn-pipeline", make_pipeline(StandardScaler(), LogisticRegression()), x, y)
    scikit("sklearn-pipeline-double", make_pipeline(StandardScaler(), LinearRegression()), diabetes.data,
           diabetes.target, double=True)
    scikit("sklearn-pipeline-minmax", make_pipeline(MinMaxScaler(), Ridge()), x, y.astype(float))
    scikit("sklearn-tree", DecisionTreeClassifier(max_depth=2), x, y, refused="TreeEnsembleClassifier")


# PyTorch

def torches():
    torch.manual_seed(0)
    generator = np.random.default_rng(0)
    flat = generator.normal(size=(9, 6)).astype(np.float32)
    images = generator.uniform(0, 1, size=(9, 1, 3, 4)).astype(np.float32)

    def export(name, model, rows, kind="scores", refused=None, dynamo=(False, True), **options):
        model.eval()
        model.to(torch.float64 if rows.dtype == np.float64 else torch.float32)
        for new in dynamo:
            full = f"torch-{name}-{'dynamo' if new else 'script'}"
            settings = {"dynamic_shapes": ({0: torch.export.Dim("batch")},), "external_data": False} if new \
                else {"dynamic_axes": {"x": {0: "batch"}}}
            settings |= options
            torch.onnx.export(
                model, (torch.from_numpy(rows),), folder / f"{full}.onnx", dynamo=new, verbose=False,
                input_names=["x"], output_names=["y"], **settings)
            # Where the exporter ran says nothing, and would be the only thing that changes.
            stored = onnx.load(folder / f"{full}.onnx")
            for node in stored.graph.node:
                del node.metadata_props[:]
            for value in stored.graph.value_info:
                del value.metadata_props[:]
            onnx.save(stored, folder / f"{full}.onnx",
                      **({"save_as_external_data": True, "location": f"{full}.onnx.data", "size_threshold": 0}
                         if settings.get("external_data") else {}))
            expected = None if refused else model(torch.from_numpy(rows)).detach().numpy()
            record(full, rows, kind, refused, expected)

    export("linear", nn.Linear(6, 3), flat)
    export("no-bias", nn.Linear(6, 2, bias=False), flat)
    export("softmax", nn.Sequential(nn.Linear(6, 5), nn.ReLU(), nn.Dropout(0.5), nn.Linear(5, 3), nn.Softmax(1)),
           flat, "probabilities")
    export("images", nn.Sequential(nn.Flatten(), nn.Linear(12, 8), nn.ReLU(), nn.Linear(8, 4), nn.LogSoftmax(1)),
           images, "log-probabilities")
    export("double", nn.Sequential(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 4), nn.Sigmoid(), nn.Linear(4, 1)),
           flat.astype(np.float64))
    export("leaky", nn.Sequential(nn.Linear(6, 5), nn.LeakyReLU(0.2), nn.Identity(), nn.Linear(5, 2)), flat)
    export("binary", nn.Sequential(nn.Linear(6, 1), nn.Sigmoid()), flat, "probabilities")
    norm = nn.Sequential(nn.BatchNorm1d(6), nn.Linear(6, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 3))
    for layer in (norm[0], norm[2]):
        layer.running_mean.normal_()
        layer.running_var.uniform_(0.5, 2)
    export("batch-norm", norm, flat, dynamo=(True,))
    export("external", nn.Linear(6, 3), flat, dynamo=(True,), external_data=True)
    export("gelu", nn.Sequential(nn.Linear(6, 5), nn.GELU(), nn.Linear(5, 2)), flat, refused="Gelu|Div|Erf")
    export("convolution", nn.Sequential(nn.Conv2d(1, 2, 2), nn.Flatten(), nn.Linear(12, 3)), images, refused="Conv")

    class Residual(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.last = nn.Linear(6, 6), nn.Linear(6, 2)

        def forward(self, x):
            return self.last(torch.relu(self.first(x)) + x)

    export("residual", Residual(), flat, refused="Add")


folder.mkdir(exist_ok=True)
for old in folder.iterdir():
    old.unlink()
scikits()
torches()
(folder / "cases.json").write_text(json.dumps(cases, separators=(",", ":")).replace('{"file"', '\n{"file"') + "\n")
print(f"{len(cases)} cases", file=sys.stderr)
