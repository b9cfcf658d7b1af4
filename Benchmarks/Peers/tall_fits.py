"""Tall and thin tables: Newton's method and its like beside scikit-learn's, and the hinges on the same rows."""
import subprocess

import tall_data
from descent import Training
from fits import median, ratio
from runner import told
from setting import HERE
from table import row

ROUNDS = 3
CASES = (("2000000×28, two classes", "binary", "logistic", 1e-5, False),
         ("464809×54, 44 of them indicators, 7 classes, standardised", "seven", "softmax", 1e-4, True),
         ("464809×54, 44 of them indicators, 7 classes, as they are", "seven", "softmax", 1e-4, False))


def tall(setting):
    for shape, name, loss, l2, scaled in CASES:
        files = tall_data.write(setting.folder, name)

        def fit(loss, tolerance, *more):
            scaling = "standard" if scaled else "none"
            return Training(setting, files, loss, l2, "auto", tolerance, "--scaling", scaling, *more)

        best = fit(loss, "1e-8", "--precision", "double").metrics
        goal = (best["objective"] - (best["gap"] or 0)) * (1 + 1e-4)
        command = [setting.python("sklearn"), str(HERE / "tall_peers.py"), *files, str(l2), "yes" if scaled else "no",
                   str(goal)]
        ours, peers = [], []
        for _ in range(ROUNDS):
            ours.append(fit(loss, "1e-4"))
            done = subprocess.run(command, capture_output=True, text=True, check=True,
                                  env=setting.environment(setting.threads))
            peers.append(told(done.stdout))
        work = f"{loss}, {shape}, l2 {l2:g}, to 1e-4"
        first = median(one.seconds_certified for one in ours)
        yield row(work, "Descent, certified", first, None, f"gap {ours[0].gap}, {ours[0].note}")
        for solver in dict.fromkeys(one["solver"] for one in peers[0]):
            last = [[one for one in lines if one["solver"] == solver][-1] for lines in peers]
            if all(one["reached"] for one in last):
                seconds = median(one["seconds"] for one in last)
                yield row(work, solver, seconds, ratio(seconds, first), f"tol {last[0]['tolerance']:g}")
            else:
                yield row(work, solver, None, None, f"not reached: {last[0]['objective']:.7g}")
        for hinge in ("squared-hinge", "hinge") if name == "seven" else ():
            fits = [fit(hinge, "1e-2") for _ in range(ROUNDS)]
            seconds = median(one.seconds_certified for one in fits)
            yield row(f"{hinge}, {shape}, l2 {l2:g}, to 1e-2", "Descent, certified", seconds, None,
                      f"gap {fits[0].gap}, {fits[0].note}")
