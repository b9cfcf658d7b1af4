"""Softmax and hinge on sparse rows, beside scikit-learn and LIBLINEAR."""
import json
import subprocess
from pathlib import Path

from descent import Training
from fits import median, ratio
from setting import HERE
from table import row

SHAPE = "11000×42000, 0.3 % dense, 20 classes"
ROUNDS = 3


def sparse(setting):
    folder = setting.folder / "sparse"
    folder.mkdir(exist_ok=True)
    train, test = str(folder / "train.svm"), str(folder / "test.svm")
    if not Path(test).exists():
        subprocess.run([setting.python("sklearn"), str(HERE / "sparse_data.py"), str(folder)], check=True,
                       stdout=subprocess.DEVNULL)

    def fit(loss, l2, tolerance):
        return Training(setting, [train], loss, l2, "auto", tolerance, "--test", test)

    bounds = [fit("softmax", l2, "1e-6") for l2 in (1e-4, 1e-5)]
    goals = [str((one.metrics["objective"] - one.metrics["gap"]) * (1 + 1e-3)) for one in bounds]
    command = [setting.python("sklearn"), str(HERE / "sparse_peers.py"), train, test, *goals]
    runs = []
    for _ in range(ROUNDS):
        ours = {l2: fit("softmax", l2, "1e-3") for l2 in (1e-4, 1e-5)}
        hinges = {l2: fit("hinge", l2, "1e-2") for l2 in (4e-3, 3e-3, 2e-3, 1e-3)}
        done = subprocess.run(command, capture_output=True, text=True, check=True,
                              env=setting.environment(setting.threads))
        runs.append((ours, hinges, [json.loads(line) for line in done.stdout.splitlines()]))
    for l2 in (1e-4, 1e-5):
        work = f"softmax, {SHAPE}, l2 {l2:g}, to 1e-3"
        first = median(ours[l2].seconds_certified for ours, _, _ in runs)
        yield row(work, "Descent, certified", first, None, f"gap {runs[0][0][l2].gap}, {runs[0][0][l2].note}")
        for solver in ("newton-cg", "lbfgs", "sag", "saga"):
            name = f"scikit-learn {solver}"
            lines = [[one for one in peers if one.get("l2") == l2 and one["solver"] == name][-1] for _, _, peers in runs]
            if all(one["reached"] for one in lines):
                seconds = median(one["seconds"] for one in lines)
                yield row(work, name, seconds, ratio(seconds, first), f"tol {lines[0]['tolerance']:g}")
            else:
                yield row(work, name, None, None, f"not reached: {lines[0]['objective']:.7g}")
    work = f"hinge, {SHAPE}, accuracy on 2000 other rows"
    best = max((one for one in runs[0][1].values()), key=lambda one: one.metrics["test_accuracy"])
    for l2 in runs[0][1]:
        of = [hinges[l2] for _, hinges, _ in runs]
        yield row(work, f"Descent, l2 {l2:g}", median(one.seconds for one in of), None,
                  f"{100 * of[0].metrics['test_accuracy']:.2f} %, {of[0].note}")
    for c in (0.03, 0.1, 0.3, 1):
        of = [[one for one in peers if one.get("C") == c][0] for _, _, peers in runs]
        seconds = median(one["seconds"] for one in of)
        yield row(work, f"LIBLINEAR -s 4, C {c:g}", seconds, ratio(seconds, best.seconds),
                  f"{100 * of[0]['accuracy']:.2f} %")
