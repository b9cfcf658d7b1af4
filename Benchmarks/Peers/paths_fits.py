"""Paths of penalties: the descent tool's, and those of peers at the loosest setting at which all their models are as good."""
import json
import statistics
import subprocess
import tempfile

import numpy as np

import data
import paths as goals
from fits import ratio
from runner import in_turns
from table import row

PEERS = [("scikit-learn, lasso_path", "scikit_learn"), ("celer, celer_path", "celer"), ("skglm, Lasso.path", "skglm"),
         ("adelie, grpnet", "adelie"), ("glum", "glum"), ("glmnet", "glmnet")]


class Path:
    """A path by the descent tool, read off its file."""

    def __init__(self, setting, files, loss, *more, output=None):
        with tempfile.TemporaryDirectory() as folder:
            output = output or f"{folder}/path.json"
            command = [setting.options.descent, "path", files[0], "--labels", files[1], "--loss", loss, "--l2", "0",
                       "--tolerance", str(goals.GOAL), "--threads", str(setting.threads), "--output", output,
                       "--force", "--quiet", *more]
            subprocess.run(command, check=True)
            with open(output) as file:
                told = json.load(file)
        self.points, self.seconds = told["points"], told["seconds"]
        self.gap = max(point["gap"] / point["objective"] for point in self.points)
        self.result = [float(np.abs(self.points[len(self.points) // 2]["weights"]["values"]).sum())]


def compared(setting, work, own, runners, rounds):
    in_turns(runners, rounds)
    first = statistics.median(path.seconds for path in own)
    if any(path.gap > goals.GOAL for path in own):
        setting.failures.append(work)
    yield row(work, "Descent, certified", first, None,
              f"gap {own[0].gap:.1e}, {own[0].points[-1]['nonzeros']} weights at the end")
    for runner in runners:
        if runner.failure:
            yield row(work, runner.name, None, None, f"did not run: {runner.failure}")
            continue
        answer = runner.answers[-1]
        if answer["gap"] > goals.GOAL:
            note = f"not reached in {answer['seconds']:.3g} s: gap {answer['gap']:.1e}, {answer['setting']}"
            yield row(work, runner.name, None, None, note)
            continue
        if abs(runner.result[0] - own[0].result[0]) > 2e-2 * own[0].result[0]:
            setting.failures.append(f"{work}: {runner.name}'s weights are others")
        yield row(work, runner.name, runner.seconds, ratio(runner.seconds, first),
                  f"gap {answer['gap']:.1e}, {answer['setting']}")


def paths(setting):
    """Lasso of 100 points, tall and wide; softmax of 50 points on pictures."""
    told = ("--scaling", "none")
    budget = str(setting.options.l1_budget)
    for work, files in (("lasso path, 20000×1000, 100 points, to 1e-4", data.regression(setting.folder)),
                        ("lasso path, 1000×10000, 100 points, to 1e-4", data.wide_regression(setting.folder))):
        runners = [setting.peer(name, "paths", peer, files, "--budget", budget) for name, peer in PEERS]
        own = [Path(setting, files, "squared", *told) for _ in range(5)]
        yield from compared(setting, work, own, runners, 3)
    files = data.few_pictures(setting.folder)
    with tempfile.TemporaryDirectory() as folder:
        more = ("--scaling", repr(1 / 255), "--points", "50", "--smallest", "1e-2")
        own = [Path(setting, files, "softmax", *more, output=f"{folder}/goals.json") for _ in range(3)]
        peer = setting.peer("glmnet", "paths", "softmax_glmnet", files, "--factor", repr(1 / 255), "--goals",
                            f"{folder}/goals.json")
        yield from compared(setting, "softmax path, Fashion-MNIST, 10000 rows, 50 points, to 1e-4", own, [peer], 0)
