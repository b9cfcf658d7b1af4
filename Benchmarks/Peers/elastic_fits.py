"""Fits with l1 or one output, to a goal: the descent tool's whole fit, proof included, beside the whole fits of peers at
the loosest setting that reaches the same objective. Every model is evaluated anew in double before times are compared."""
from types import SimpleNamespace

import data
from convex import objective
from descent import Training
from fits import median, ratio
from runner import in_turns
from table import row


def to_goal(setting, work, files, loss, options, peers, factor=1.0, goal=None, rounds=3):
    """Rows of one problem. `peers` are names with the task and the function of each; `goal` an objective, or None where
    Descent's own proof, at a tolerance of 1e-6, is cheap enough to make one: 1e-4 above what it proves to be the least."""
    more = ("--l1", str(options.l1), "--scaling", "none" if factor == 1 else repr(factor))

    def fit(tolerance):
        return Training(setting, files, loss, options.l2, "auto", tolerance, *more)

    if goal is None:
        proof = fit("1e-6").metrics
        goal = (proof["objective"] - proof["gap"]) * (1 + 1e-4)
    told = ("--factor", repr(factor), "--l1", str(options.l1), "--l2", str(options.l2), "--goal", repr(goal),
            "--budget", str(setting.options.l1_budget))
    runners = [setting.peer(name, task, peer, files, *told) for name, task, peer in peers]
    in_turns(runners, rounds)
    fits = [fit("1e-4") for _ in range(max(rounds, 3))]
    value = evaluated(fits[0], files, loss, options, factor)
    if not (value <= goal and abs(value - fits[0].metrics["objective"]) <= 1e-6 * value):
        setting.failures.append(work)
    first = median(one.seconds_certified for one in fits)
    counted = f", {fits[0].metrics['nonzeros']} weights" if options.l1 else ""
    yield row(work, "Descent, certified", first, None,
              f"objective {value:.7g}, gap {fits[0].gap}{counted}, {fits[0].note}")
    for runner in runners:
        yield peer_row(work, runner, first, options)


def evaluated(fit, files, loss, options, factor):
    """The objective of the model in the file, whose weights are of raw features."""
    w, b = fit.parameters
    x, y = data.load(*files, factor)
    return objective(loss, w / factor, b, x, y, options)


def peer_row(work, runner, first, options):
    if runner.failure:
        return row(work, runner.name, None, None, f"did not run: {runner.failure}")
    answer = runner.answers[-1]
    if answer["best"] is None:
        return row(work, runner.name, None, None, f"not done in {answer['seconds']:.0f} s")
    note = f"objective {answer['best']:.7g}" + (f", {answer['nonzeros']} weights" if options.l1 else "")
    if not answer["reached"]:
        return row(work, runner.name, None, None, f"not reached in {answer['seconds']:.3g} s: {note}, {answer['setting']}")
    seconds = median(one["reached"].get("goal") for one in runner.answers)
    return row(work, runner.name, seconds, ratio(seconds, first), f"{note}, {answer['setting']}")


def elastic(setting):
    """Squared loss on the data of ridge, where a tenth of the features matter."""
    files = data.regression(setting.folder)
    peers = [("scikit-learn, coordinate descent", "elastic", "scikit_learn"),
             ("scikit-learn, the same on the Gram matrix", "elastic", "scikit_learn_gram"),
             ("skglm", "elastic", "skglm"), ("glmnet", "elastic", "glmnet"), ("mlpack, LARS", "elastic", "mlpack")]
    for l1, l2 in ((0.1, 0), (0.03, 0), (0.1, 0.05)):
        work = f"{'elastic net' if l2 else 'lasso'}, 20000×1000, l1 {l1:g}{f', l2 {l2:g}' if l2 else ''}, to 1e-4"
        yield from to_goal(setting, work, files, "squared", SimpleNamespace(l1=l1, l2=l2), peers)


def sparsity(setting):
    """Softmax with l1 on pictures."""
    import sparsity as goals

    peers = [("scikit-learn saga", "sparsity", "saga"), ("glmnet", "sparsity", "glmnet")]
    work = f"softmax, Fashion-MNIST, l1 {goals.L1:g}, to 1e-4"
    yield from to_goal(setting, work, data.fashion(), "softmax", SimpleNamespace(l1=goals.L1, l2=0), peers, 1 / 255,
                       goals.GOAL, rounds=0)
