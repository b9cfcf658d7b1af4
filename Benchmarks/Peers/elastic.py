"""Lasso and elastic net: ½·mean (y − X·w − b)² + l1·‖w‖₁ + (l2/2)·‖w‖², b free."""
import time

import numpy as np

from convex import climb, timed

TOLERANCES = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6)


def strengths(options):
    """The parametrisation of scikit-learn and glmnet: alpha·(ratio·‖w‖₁ + (1 − ratio)/2·‖w‖²)."""
    alpha = options.l1 + options.l2
    return alpha, options.l1 / alpha


def scikit_learn(x, y, options):
    return descend(x, y, options, False)


def scikit_learn_gram(x, y, options):
    return descend(x, y, options, True)


def descend(x, y, options, precompute):
    """Coordinate descent on the rows, or on their Gram matrix."""
    from sklearn.linear_model import ElasticNet

    alpha, ratio = strengths(options)

    def fit(tolerance):
        model = ElasticNet(alpha=alpha, l1_ratio=ratio, tol=tolerance, precompute=precompute, max_iter=100_000)
        return timed(time.perf_counter(), model.fit(x, y))

    return climb("squared", x, y, options, TOLERANCES, fit, "tol {:g}")


def skglm(x, y, options):
    from skglm import ElasticNet, Lasso

    alpha, ratio = strengths(options)
    # It wants the columns one after the other, and compiles itself before the first fit.
    x = np.asfortranarray(x)

    def fit(tolerance):
        shared = {"tol": tolerance, "fit_intercept": True}
        model = ElasticNet(alpha, ratio, **shared) if options.l2 else Lasso(alpha, **shared)
        return timed(time.perf_counter(), model.fit(x, y))

    climb("squared", x, y, options, TOLERANCES[:1], fit)()
    return climb("squared", x, y, options, TOLERANCES, fit, "tol {:g}")


def glmnet(x, y, options):
    from glmnet_peer import Glmnet

    peer = Glmnet(x, y, options.budget)
    # It divides y by its deviation σ first, so that what it takes for l2 is σ times what is meant.
    l2 = options.l2 * y.astype(np.float64).std()
    alpha = options.l1 + l2

    def fit(threshold):
        seconds, w, b = peer.fit("gaussian", options.l1 / alpha, threshold, [alpha])
        return seconds, w[:, 0], b[0]

    return climb("squared", x, y, options, (1e-4, 1e-5, 1e-6, 1e-7, 1e-9), fit, "thresh {:g}")


def mlpack(x, y, options):
    """Least angle regression: the exact path of models down to l1, with no tolerance to choose. Its penalties are of
    sums, and its numbers doubles."""
    from mlpack import lars_train

    x, y = x.astype(np.float64), y.astype(np.float64)

    def fit(_):
        start = time.perf_counter()
        model = lars_train(input_=x, responses=y, lambda1=options.l1 * len(y), lambda2=options.l2 * len(y),
                           no_normalize=True)["output_model"]
        seconds = time.perf_counter() - start
        found = model.get_cpp_params()["LARS[]"]
        return seconds, np.array(found["betaPath"][-1]["elem"], np.float64), float(found["interceptPath"][-1])

    return climb("squared", x, y, options, ("exact",), fit)
