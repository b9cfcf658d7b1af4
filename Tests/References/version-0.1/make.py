"""Made the files of this folder, by the tool of version 0.1 (commit 27e9579): models and checkpoints that later versions
must still read. Kept to say what the files are, not to be run again: what a newer tool writes is no old file.

    python3 Tests/References/version-0.1/make.py DESCENT
"""
import csv
import json
import pathlib
import random
import subprocess
import sys

descent = pathlib.Path(sys.argv[1]).resolve()
folder = pathlib.Path(__file__).resolve().parent
random.seed(6)

# Multiples of an eighth, which are Float numbers: later versions must see the same data.
rows = [[random.randrange(-24, 25) / 8 for _ in range(3)] for _ in range(24)]
kinds = [max(range(3), key=lambda c: row[c] + random.choice([0, 0, 3])) for row in rows]
data = {
    "classes": [[*row, "abc"[kind]] for row, kind in zip(rows, kinds)],
    "two": [[*row, "no" if kind else "yes"] for row, kind in zip(rows, kinds)],
    "numbers": [[*row, 2 * row[0] - row[1] + random.randrange(-8, 9) / 8 + 0.125] for row in rows],
}
for number, row in enumerate(rows):
    data.setdefault("table", []).append(
        [row[0], "" if number % 7 == 3 else row[1], ["red", "green", "blue"][number * number % 3], 2 * row[0] - row[1] + 0.125])
models = {
    "softmax.onnx": ("classes", "--loss softmax"),
    "softmax.safetensors": ("classes", "--loss softmax --precision double"),
    "hinge.onnx": ("classes", "--loss hinge --margin 0.5 --l2 0.01"),
    "squared-hinge.safetensors": ("classes", "--loss squared-hinge --scaling none"),
    "logistic.onnx": ("two", "--loss logistic --precision double"),
    "squared.onnx": ("numbers", "--loss squared"),
    "huber.onnx": ("numbers", "--loss huber --l2 0.01"),
    "huber.safetensors": ("numbers", "--loss huber --precision double --scaling none"),
    "sparse.onnx": ("classes", "--loss softmax --l1 0.1 --l2 0"),
    "table.onnx": ("table", "--loss squared --categorical z --missing mean --precision double"),
    "libsvm.onnx": ("rows.svm", "--loss hinge --l2 0.01"),
    "images.safetensors": ("images-idx3-ubyte", "--labels labels-idx1-ubyte --loss softmax"),
    "network.onnx": ("classes", "--model network --hidden 4 --epochs 20"),
    "network.safetensors": ("numbers", "--model network --hidden 3,2 --activation tanh --epochs 20"),
}
checkpoints = {
    "lbfgs": ("classes", "--solver lbfgs --tolerance 1e-9 --precision double"),
    "newton": ("two", "--loss logistic --solver newton --tolerance 1e-9 --precision double"),
    "proximal-newton": ("classes", "--l1 0.02 --solver proximal-newton --tolerance 1e-9 --precision double"),
    "hinge": ("classes", "--loss hinge --l2 0.01 --solver augmented-lagrangian --tolerance 1e-6 --precision double"),
    "momentum": ("classes", "--solver momentum --epochs 40 --batch-size 8 --learning-rate 0.05 --precision float"),
    "network": ("classes", "--model network --hidden 3 --solver adam --epochs 30 --batch-size 8 --learning-rate 0.01"
                           " --precision float"),
    "finished": ("numbers", "--loss squared --solver direct --precision double"),
    "huber": ("numbers", "--loss huber --solver lbfgs --tolerance 1e-9 --precision double"),
}


def run(*arguments):
    return subprocess.run([descent, *map(str, arguments)], cwd=folder, check=True, capture_output=True, text=True).stdout


for name, table in data.items():
    lines = ["x,y,z,target"] + [",".join(map(str, row)) for row in table]
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")


(folder / "rows.svm").write_text("".join(
    " ".join([["-1", "+1"][kind > 0]] + [f"{j + 1}:{x}" for j, x in enumerate(row) if x and (j + kind) % 3]) + "\n"
    for row, kind in zip(rows, kinds)))
pixels = [random.randrange(100) + (150 if (place < 2) == (number % 2 == 0) else 0)
          for number in range(24) for place in range(4)]
(folder / "images-idx3-ubyte").write_bytes(bytes([0, 0, 8, 3, 0, 0, 0, 24, 0, 0, 0, 2, 0, 0, 0, 2, *pixels]))
(folder / "labels-idx1-ubyte").write_bytes(bytes([0, 0, 8, 1, 0, 0, 0, 24] + [number % 2 for number in range(24)]))


def file_of(data):
    return data if "ubyte" in data or "." in data else f"{data}.csv"


def scores(model, table):
    """What the tool prints: [row][class], or [row][0] of a regression and of two classes."""
    lines = list(csv.reader(run("predict", model, file_of(table), "--scores").splitlines()))
    return [[float(number) for number in line[1:] or line] for line in lines]


cases = []
for name, (table, options) in models.items():
    run("train", file_of(table), "--quiet", "--output", name, *options.split())
    cases.append({"file": name, "data": file_of(table), "options": options, "scores": scores(name, table)})
for name, (table, options) in checkpoints.items():
    # Stopped on its way: out of time at once, but for what is to be found finished.
    limit = [] if name == "finished" else ["--time-limit", "1e-4"]
    (folder / f"{name}.checkpoint").unlink(missing_ok=True)
    run("train", file_of(table), "--quiet", "--output", "stopped.onnx", "--checkpoint", f"{name}.checkpoint",
        "--checkpoint-every", "1e-9", *limit, *options.split())
    run("train", file_of(table), "--quiet", "--output", "whole.onnx", *options.split())
    cases.append({"file": f"{name}.checkpoint", "data": file_of(table), "options": options,
                  "scores": scores("whole.onnx", table)})
for name in ("stopped.onnx", "whole.onnx"):
    (folder / name).unlink()
text = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
(folder / "cases.json").write_text(f"[\n{text}\n]\n")
