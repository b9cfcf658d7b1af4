"""Whole paths of lasso and of softmax with l1, each penalty's optimum within a share of its objective that a dual point
proves: every peer runs with one tolerance after the other, loosest first, until all of its models are that good."""
import json
import time

import numpy as np

GOAL = 1e-4
SETTINGS = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)


def grid(x, y):
    """100 penalties from the largest that leaves a weight, down to glmnet's share of it."""
    y = np.asarray(y, np.float64)
    slope = np.abs(x.T.astype(np.float64) @ (y - y.mean()) / len(y)).max()
    return slope * np.geomspace(1, 1e-2 if len(y) < x.shape[1] else 1e-4, 100)


def worst_gap(x, y, penalties, w, b):
    """The largest gap of all models, relative to the objective; W is [columns, penalties]."""
    x, y, w = x.astype(np.float64), np.asarray(y, np.float64), np.asarray(w, np.float64)
    r = y[:, None] - x @ w - b
    primal = 0.5 * (r * r).mean(0) + penalties * np.abs(w).sum(0)
    r -= r.mean(0)
    size = (r * r).mean(0)
    reach = np.minimum(1, penalties / np.maximum(1e-300, np.abs(x.T @ r / len(y)).max(0)))
    inner = (r * (y - y.mean())[:, None]).mean(0)
    scale = np.clip(inner / size, 0, reach)
    return float(((primal - scale * inner + 0.5 * scale * scale * size) / primal).max())


def climb(x, y, options, fit):
    """`fit(setting, penalties)` returns the seconds, W and b."""
    penalties, settings = grid(x, y), list(SETTINGS)

    def run():
        spent = 0.0
        for setting in tuple(settings):
            seconds, w, b = fit(setting, penalties)
            gap = worst_gap(x, y, penalties, w, b)
            last = {"seconds": seconds, "gap": gap, "setting": f"tol {setting:g}",
                    "result": [float(np.abs(w[:, 50]).sum())]}
            spent += seconds
            if gap <= GOAL or spent + seconds > options.budget:
                break
            if len(settings) > 1:  # else the tightest of all is tried again
                settings.remove(setting)
        return last

    return run


def centred(x, y):
    """What peers without an intercept get, free of charge; columns one after the other."""
    return np.asfortranarray(x - x.mean(0)), np.asarray(y - y.mean(), x.dtype)


def intercepts(x, y, w):
    return y.mean() - x.mean(0, dtype=np.float64) @ w


def scikit_learn(x, y, options, precompute="auto"):
    from sklearn.linear_model import lasso_path

    free = centred(x, y)

    def fit(tolerance, penalties):
        start = time.perf_counter()
        w = lasso_path(*free, alphas=penalties, tol=tolerance, max_iter=100_000, precompute=precompute)[1]
        return time.perf_counter() - start, w, intercepts(x, y, w)

    return climb(x, y, options, fit)


def celer(x, y, options):
    from celer import celer_path

    free = centred(x, y)

    def fit(tolerance, penalties):
        start = time.perf_counter()
        w = celer_path(*free, pb="lasso", alphas=penalties, tol=tolerance, max_iter=100)[1]
        return time.perf_counter() - start, w, intercepts(x, y, w)

    return climb(x, y, options, fit)


def skglm(x, y, options):
    from skglm import Lasso

    free = centred(x, y)
    Lasso(1.0, fit_intercept=False).fit(*free)  # it compiles itself

    def fit(tolerance, penalties):
        model = Lasso(tol=tolerance, fit_intercept=False)
        start = time.perf_counter()
        w = model.path(*free, alphas=penalties)[1]
        return time.perf_counter() - start, w, intercepts(x, y, w)

    return climb(x, y, options, fit)


def adelie(x, y, options):
    import adelie as ad

    x64 = np.asfortranarray(x, np.float64)
    y64 = np.asarray(y, np.float64)

    def fit(tolerance, penalties):
        glm = ad.glm.gaussian(y64)
        start = time.perf_counter()
        state = ad.grpnet(x64, glm, lmda_path=penalties, tol=tolerance * 1e-2, early_exit=False, progress_bar=False,
                          n_threads=options.threads, adev_tol=1, ddev_tol=0)
        seconds = time.perf_counter() - start
        return seconds, np.asarray(state.betas.todense()).T, state.intercepts

    return climb(x, y, options, fit)


def glum(x, y, options):
    from glum import GeneralizedLinearRegressor

    x64 = np.asfortranarray(x, np.float64)

    def fit(tolerance, penalties):
        model = GeneralizedLinearRegressor(family="normal", l1_ratio=1, alpha=list(penalties), alpha_search=True,
                                           gradient_tol=tolerance, max_iter=1000)
        start = time.perf_counter()
        model.fit(x64, y)
        return time.perf_counter() - start, np.array(model.coef_path_).T, np.array(model.intercept_path_)

    return climb(x, y, options, fit)


def glmnet(x, y, options):
    from glmnet_peer import Glmnet

    peer = Glmnet(x, y, options.budget)

    def fit(threshold, penalties):
        return peer.path("gaussian", 1, threshold * 1e-2, penalties)

    return climb(x, y, options, fit)


def softmax_glmnet(x, y, options):
    """The penalties and the objectives to reach are those of Descent's path, in a file."""
    from fitting import softmax
    from glmnet_peer import Glmnet

    with open(options.goals) as file:
        points = json.load(file)["points"]
    penalties = np.array([point["l1"] for point in points])
    goals = np.array([point["objective"] - point["gap"] for point in points])
    peer, settings = Glmnet(x, y, options.budget), list(SETTINGS)

    def run():
        for setting in tuple(settings):
            seconds, w, b = peer.path("multinomial", 1, setting, penalties)
            w, b = np.split(w, len(penalties), 1), np.split(b, len(penalties))
            values = np.array([softmax(w[k], b[k], x, y, 0) + penalties[k] * np.abs(w[k]).sum()
                               for k in range(len(penalties))])
            gap = float((values / goals - 1).max())
            last = {"seconds": seconds, "gap": gap, "setting": f"thresh {setting:g}",
                    "result": [float(np.abs(w[len(w) // 2]).sum())]}
            if gap <= GOAL or seconds > options.budget / 3:
                break
            if len(settings) > 1:  # else the tightest of all is tried again
                settings.remove(setting)
        return last

    return run
