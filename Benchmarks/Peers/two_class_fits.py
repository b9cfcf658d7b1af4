"""Logistic regression of two classes: images, and texts few and many, beside peers that are at home there."""
import os
import subprocess

import two_class_data
from descent import Training
from fits import median, ratio
from runner import told
from setting import HERE
from table import row

ROUNDS = 5
TARGET = 1e-4


def one_score(setting):
    """Fashion-MNIST as two classes."""
    files = two_class_data.images(setting.folder)
    yield from beside(setting, "logistic, Fashion-MNIST as two classes, l2 1e-4", "dense", files, 1e-4)


    yield from walk(setting, "a pass over them", files)


def walk(setting, work, files):
    """A pass beside the bandwidth of the run: the sum of as many bytes on as many threads, before and after."""
    count = os.path.getsize(files[0])
    probe = [setting.python("sklearn"), str(HERE / "bandwidth.py"), str(count), str(setting.threads)]

    def bandwidth():
        return float(subprocess.run(probe, capture_output=True, text=True, check=True).stdout)

    rates, passes = [], []
    for _ in range(ROUNDS):
        rates.append(bandwidth())
        fit = Training(setting, files, "logistic", 1e-6, "lbfgs", "1e-9", "--scaling", "none")
        history = fit.metrics["history"]
        # Steps of one pass alone: no look for a proof, no new preconditioner.
        passes.append(min(
            (after["seconds"] - before["seconds"]) / (after["passes"] - before["passes"])
            for before, after in zip(history, history[1:]) if 0 < after["passes"] - before["passes"] <= 1))
        rates.append(bandwidth())
    seconds, rate = median(passes), median(rates)
    yield row(work, "Descent", seconds, None,
              f"{100 * count / seconds / rate:.0f} % of the bandwidth of {rate / 1e9:.1f} GB/s")


def texts(setting):
    """Texts, few and many."""
    for rows, words, length, l2 in ((11000, 42000, 120, 1e-4), (200000, 47000, 75, 1e-6)):
        path = setting.folder / f"two-class-text-{rows}.svm"
        if not path.exists():
            subprocess.run([setting.python("sklearn"), str(HERE / "two_class_data.py"), str(setting.folder), str(rows),
                            str(words), str(length)], check=True, stdout=subprocess.DEVNULL)
        work = f"logistic, text-like {rows}×{words}, {length} words a row, l2 {l2:g}"
        yield from beside(setting, work, "sparse", [str(path)], l2)


def beside(setting, work, kind, files, l2):
    """Descent and its peers in turns: Descent to a certified gap, each peer to the optimum of its own problem."""
    command = [setting.python("sklearn"), str(HERE / "two_class_peers.py"), kind, *files, str(l2), str(TARGET),
               str(setting.options.l1_budget), str(setting.threads)]
    fits, peers = [], []
    for turn in range(ROUNDS):
        fits.append(Training(setting, files, "logistic", l2, "auto", f"{TARGET:g}", "--scaling", "none"))
        # The sweep of tolerances, which takes most of the time, in every other turn.
        if turn % 2 == 0:
            done = subprocess.run(command, capture_output=True, text=True, check=True,
                                  env=setting.environment(setting.threads))
            peers.append(told(done.stdout))
    first = median(fit.seconds_certified for fit in fits)
    yield row(work, "Descent, certified", first, None, f"gap {fits[0].gap}, {fits[0].note}")
    for lines in zip(*peers):
        last = lines[-1]
        if "failure" in last:
            yield row(work, last["solver"], None, None, f"did not run: {last['failure']}")
        elif all(line.get("reached") for line in lines):
            seconds = median(line["seconds"] for line in lines)
            yield row(work, last["solver"], seconds, ratio(seconds, first),
                      f"tol {last['setting']}{'' if last['bias'] else ', no bias'}")
        else:
            yield row(work, last["solver"], None, None,
                      f"not reached in {last['seconds']:.0f} s: {last['above']:.1e} above the optimum")
