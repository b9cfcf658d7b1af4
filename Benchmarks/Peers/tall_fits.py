"""Tall and thin tables, and pictures: fits to a certified gap beside scikit-learn's, and the hinges on the same rows."""
import subprocess

import data
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
        scaling = ("--scaling", "standard" if scaled else "none")
        yield from beside(setting, shape, files, loss, l2, scaled, scaling, ROUNDS)
        for hinge in ("squared-hinge", "hinge") if name == "seven" else ():
            fits = [Training(setting, files, hinge, l2, "auto", "1e-2", *scaling) for _ in range(ROUNDS)]
            seconds = median(one.seconds_certified for one in fits)
            yield row(f"{hinge}, {shape}, l2 {l2:g}, to 1e-2", "Descent, certified", seconds, None,
                      f"gap {fits[0].gap}, {fits[0].note}")


def pictures(setting):
    """Pictures of three colours, once: a peer's fit takes minutes."""
    yield from beside(setting, "50000×3072, 10 classes", data.pictures(setting.folder), "softmax", 1e-4, False, (), 1)


def beside(setting, shape, files, loss, l2, scaled, scaling, rounds):
    """Descent and its peers in turns, each to a relative suboptimality of 1e-4."""
    def fit(tolerance, *more):
        return Training(setting, files, loss, l2, "auto", tolerance, *scaling, *more)

    best = fit("1e-8", "--precision", "double").metrics
    goal = (best["objective"] - (best["gap"] or 0)) * (1 + 1e-4)
    command = [setting.python("sklearn"), str(HERE / "tall_peers.py"), *files, str(l2), "yes" if scaled else "no", str(goal)]
    ours, peers = [], []
    for _ in range(rounds):
        ours.append(fit("1e-4"))
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
            seconds = median(one["seconds"] for one in last)
            yield row(work, solver, None, None, f"not reached in {seconds:.0f} s: {last[0]['objective']:.7g}")
