"""Trainings from start to end: the descent tool, and what its peers need for the same objective."""
import statistics

import data
import hinge as hinge_goals
import softmax as softmax_goals
from descent import Training
from runner import in_turns
from table import row

SCALE = ("--factor", str(1 / 255))


def softmax(setting):
    work = "softmax, Fashion-MNIST, l2 1e-4"
    solver = setting.options.softmax_solver
    peers = [
        setting.peer(name, "softmax", peer, data.fashion(), *SCALE)
        for name, peer in (("scikit-learn newton-cg", "newton_cg"), ("scikit-learn lbfgs", "lbfgs"),
                           ("oneDAL lbfgs", "onedal"), ("PyTorch L-BFGS", "pytorch"))]
    for peer in peers:
        peer.listen()
    fits = {goal: [] for goal in softmax_goals.GOALS}
    for peer in peers:
        for goal in fits:
            fits[goal].append(Training(setting, data.fashion(), "softmax", 1e-4, solver, goal))
        peer.ask()
        peer.close()
    for goal, value in softmax_goals.GOALS.items():
        first = median(fit.seconds_to(value) for fit in fits[goal])
        certified = median(fit.seconds_certified for fit in fits[goal])
        yield row(f"{work}, to {goal}", "Descent", first, None, fits[goal][0].note)
        yield row(f"{work}, to {goal}", "Descent, certified", certified, None, f"gap {fits[goal][0].gap}")
        for peer in peers:
            yield reached(f"{work}, to {goal}", peer, goal, first, certified)
    yield from memory(fits["1e-4"][0], peers)


def hinge(setting):
    work = "hinge, Fashion-MNIST, l2 1e-4"
    solver = setting.options.hinge_solver
    for l2, tolerances in ((1e-3, ("1e-2", "1e-3")), (1e-4, ("1e-2",))):
        for tolerance in tolerances:
            fit = Training(setting, data.fashion(), "hinge", l2, solver, tolerance)
            yield row(f"hinge, Fashion-MNIST, l2 {l2:g}, certified {tolerance}", "Descent", fit.seconds_certified, None,
                      f"gap {fit.gap}, {fit.note}")
    first = fit.seconds_to(hinge_goals.GOALS["0.4541"])
    peers = [setting.peer("PyTorch L-BFGS", "hinge", "pytorch", data.fashion(), *SCALE)]
    in_turns(peers, 0)
    yield row(f"{work}, to 0.4541", "Descent", first, None, fit.note)
    yield reached(f"{work}, to 0.4541", peers[0], "0.4541", first)


def ridge(setting):
    work = "ridge, 20000×1000"
    files = data.regression(setting.folder)
    fits = [Training(setting, files, "squared", 1e-3, setting.options.ridge_solver, "1e-6", "--scaling", "none")
            for _ in range(5)]
    peers = [setting.peer(name, "ridge", peer, files) for name, peer in
             (("NumPy, normal equations", "numpy"), ("scikit-learn, Cholesky", "scikit_learn"))]
    in_turns(peers, setting.options.rounds)
    first = median(fit.seconds for fit in fits)
    yield row(work, "Descent", first, None, f"objective {fits[0].objective}, {fits[0].note}")
    for peer in peers:
        if peer.failure:
            yield row(work, peer.name, None, None, f"did not run: {peer.failure}")
        else:
            yield row(work, peer.name, peer.seconds, ratio(peer.seconds, first), f"objective {peer.result[0]:.7g}")


def reached(work, peer, goal, first, certified=None):
    if peer.failure:
        return row(work, peer.name, None, None, f"did not run: {peer.failure}")
    answer = peer.answers[-1]
    seconds = answer["reached"].get(goal)
    if seconds is None:
        return row(work, peer.name, None, None, f"not reached in {answer['seconds']:.0f} s: {answer['best']:.7g}")
    note = f"{ratio(seconds, certified):.3g} × certified" if certified and seconds else ""
    return row(work, peer.name, seconds, ratio(seconds, first), note)


def memory(fit, peers):
    work = "memory of that training, at the most"
    yield f"| {work} | Descent | {fit.peak_bytes / 2**20:.0f} MB | | the images as bytes are 45 MB |"
    for peer in peers:
        if peer.answers:
            yield f"| {work} | {peer.name} | {peer.answers[-1]['peak_bytes'] / 2**20:.0f} MB | | |"


def median(numbers):
    """Of those that are known; None where that is fewer than half."""
    numbers = list(numbers)
    known = [number for number in numbers if number is not None]
    return statistics.median(known) if 2 * len(known) > len(numbers) else None


def ratio(seconds, own):
    return seconds / own if own else None
