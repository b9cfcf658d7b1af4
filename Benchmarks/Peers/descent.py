"""A training by the descent tool, read off its --metrics and its model."""
import json
import struct
import subprocess
import tempfile

import numpy as np


def parameters(path):
    """W [columns, classes], or [columns] of one output, and b of a linear model in safetensors."""
    with open(path, "rb") as file:
        told = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        numbers = file.read()

    def tensor(name):
        first, end = told[name]["data_offsets"]
        kind = {"F32": "<f4", "F64": "<f8"}[told[name]["dtype"]]
        return np.frombuffer(numbers[first:end], kind).reshape(told[name]["shape"]).astype(np.float64)

    w, b = tensor("weights"), tensor("biases")
    return (w.T, b) if len(w) > 1 else (w[0], b[0])


class Training:
    def __init__(self, setting, files, loss, l2, solver, tolerance, *more):
        with tempfile.TemporaryDirectory() as folder:
            metrics = f"{folder}/metrics.json"
            labels = ["--labels", files[1]] if files[1:] else []
            command = [
                setting.options.descent, "train", files[0], *labels, "--loss", loss, "--l2", str(l2),
                "--solver", solver, "--tolerance", tolerance, "--threads", str(setting.threads),
                "--time-limit", str(setting.options.budget), "--output", f"{folder}/model.safetensors",
                "--metrics", metrics, "--quiet", *more]
            done = subprocess.run(command, capture_output=True, text=True)
            self.failure = None if done.returncode == 0 else done.stderr.strip().splitlines()[-1]
            self.metrics = {} if self.failure else json.load(open(metrics))
            self.parameters = None if self.failure else parameters(f"{folder}/model.safetensors")
        self.tolerance = float(tolerance)

    @property
    def note(self):
        return self.failure or f"solver {self.metrics['solver']}, {self.metrics['passes']:.0f} passes"

    @property
    def seconds(self):
        """Of the whole fit, without reading the files."""
        return self.metrics.get("seconds_fit")

    @property
    def objective(self):
        return f"{self.metrics.get('objective', float('nan')):.7g}"

    @property
    def gap(self):
        """The proven bound, relative to the objective."""
        gap = self.metrics.get("gap")
        return "unknown" if gap is None else f"{gap / self.metrics['objective']:.1e}"

    @property
    def seconds_certified(self):
        """Of the whole fit, its proof included, where the proof is as good as was asked for."""
        gap = self.metrics.get("gap")
        proven = gap is not None and gap <= self.tolerance * self.metrics["objective"]
        return self.metrics["seconds_fit"] if proven else None

    @property
    def peak_bytes(self):
        return self.metrics.get("peak_rss_bytes", 0)

    def seconds_to(self, objective):
        """Until the history first shows an objective so low."""
        return next((line["seconds"] for line in self.metrics.get("history", [])
                     if line["objective"] <= objective), None)
