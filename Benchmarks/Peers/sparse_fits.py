"""Softmax and hinge on sparse rows, beside scikit-learn and LIBLINEAR."""
import subprocess
from pathlib import Path

from descent import Training
from fits import median, ratio
from runner import told
from setting import HERE
from table import row

SHAPE = "11000×42000, 0.3 % dense, 20 classes"
ROUNDS = 3
STRENGTHS = (0.1, 0.2, 0.3, 0.5, 1)  # LIBLINEAR's C


def sparse(setting):
    folder = setting.folder / "sparse-11000-20000"
    folder.mkdir(exist_ok=True)
    train, test = str(folder / "train.svm"), str(folder / "test.svm")
    if not Path(test).exists():
        subprocess.run([setting.python("sklearn"), str(HERE / "sparse_data.py"), str(folder)], check=True,
                       stdout=subprocess.DEVNULL)

    def fit(loss, l2, tolerance):
        return Training(setting, [train], loss, l2, "auto", tolerance, "--test", test)

    bounds = [fit("softmax", l2, "1e-6") for l2 in (1e-4, 1e-5)]
    goals = [str((one.metrics["objective"] - one.metrics["gap"]) * (1 + 1e-3)) for one in bounds]
    command = [setting.python("sklearn"), str(HERE / "sparse_peers.py"), train, test, *goals, *map(str, STRENGTHS)]
    runs = []
    for _ in range(ROUNDS):
        ours = {l2: fit("softmax", l2, "1e-3") for l2 in (1e-4, 1e-5)}
        hinges = {l2: fit("hinge", l2, "1e-3") for l2 in (4e-3, 3e-3, 2.5e-3, 2e-3, 1e-3)}
        done = subprocess.run(command, capture_output=True, text=True, check=True,
                              env=setting.environment(setting.threads))
        runs.append((ours, hinges, told(done.stdout)))
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
    work = f"hinge, {SHAPE}, accuracy on 20000 other rows"
    ours = {l2: median(hinges[l2].seconds for _, hinges, _ in runs) for l2 in runs[0][1]}
    accuracy = {l2: one.metrics["test_accuracy"] for l2, one in runs[0][1].items()}
    for l2, one in runs[0][1].items():
        yield row(work, f"Descent, l2 {l2:g}", ours[l2], None, f"{100 * accuracy[l2]:.2f} %, {one.note}")
    for c in STRENGTHS:
        of = [[one for one in peers if one.get("C") == c][0] for _, _, peers in runs]
        seconds, reached = median(one["seconds"] for one in of), of[0]["accuracy"]
        # The losses differ, Weston and Watkins' here and Crammer and Singer's there: what both can show is the accuracy.
        first = min((ours[l2] for l2 in ours if accuracy[l2] >= reached), default=None)
        yield row(work, f"LIBLINEAR -s 4, C {c:g}", seconds, first and ratio(seconds, first), f"{100 * reached:.2f} %")
