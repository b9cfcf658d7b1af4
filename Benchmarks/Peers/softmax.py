"""Softmax regression with (1e-4 / 2)·‖W‖² on Fashion-MNIST: seconds to a relative suboptimality."""
import numpy as np

from fitting import Course, Done, softmax

L2 = 1e-4
# By L-BFGS and Newton's method in double, to a gradient's norm of 3e-12.
OPTIMUM = 0.3794770769
GOALS = {"1e-4": OPTIMUM * (1 + 1e-4), "1e-6": OPTIMUM * (1 + 1e-6)}


def course(x, y, options):
    return Course(lambda w, b: softmax(w.astype(np.float64), b, x, y, L2), GOALS, options.budget)


def fitted(x, y, options, solver, estimator):
    """Fits scikit-learn's estimator, or one that looks like it, without a tolerance of its own."""
    watch = course(x, y, options)
    try:
        model = estimator(C=1 / (L2 * len(y)), solver=solver, tol=1e-12, max_iter=100_000)
        yield watch
        model.fit(x, y)
        watch.see(lambda: (model.coef_.T, model.intercept_))
    except Done:
        pass
    yield watch.answer()


def newton_cg(x, y, options):
    from sklearn.linear_model import LogisticRegression
    from sklearn.linear_model._linear_loss import LinearModelLoss

    original = LinearModelLoss.gradient_hessian_product

    def run():
        fit = fitted(x, y, options, "newton-cg", LogisticRegression)
        watch = next(fit)

        def seen(self, parameters, *rest, **named):
            w = np.array(parameters, np.float64).reshape(options.classes, -1, order="F")
            watch.see(lambda: (w[:, :-1].T, w[:, -1]))
            return original(self, parameters, *rest, **named)

        LinearModelLoss.gradient_hessian_product = seen
        return next(fit)

    return run


def lbfgs(x, y, options):
    from sklearn.linear_model import LogisticRegression

    def unpacked(parameters):
        w = parameters.reshape(options.classes, -1, order="F")
        return w[:, :-1].T, w[:, -1]

    return through_scipy(x, y, options, LogisticRegression, unpacked, 1)


def onedal(x, y, options):
    import scipy.optimize  # noqa: F401  (before the accelerated estimators take its function)
    from sklearnex.linear_model import LogisticRegression

    def unpacked(parameters):
        w = parameters.reshape(options.classes, -1)
        return w[:, 1:].T, w[:, 0]

    # It works in double, and on sums.
    x = x.astype(np.float64)
    return through_scipy(x, y, options, LogisticRegression, unpacked, 1 / len(y))


def through_scipy(x, y, options, estimator, unpacked, scale):
    """Watches the iterates of an estimator that calls SciPy's minimiser."""
    import scipy.optimize

    original = scipy.optimize.minimize

    def run():
        fit = fitted(x, y, options, "lbfgs", estimator)
        watch = next(fit)

        def minimize(function, start, *rest, **named):
            def seen(intermediate_result):
                found = intermediate_result
                watch.see(lambda: unpacked(found.x.copy()), float(found.fun) * scale)

            return original(function, start, *rest, **named | {"callback": seen})

        scipy.optimize.minimize = minimize
        return next(fit)

    return run


def pytorch(x, y, options):
    import torch

    from pytorch_lbfgs import minimize

    loss = torch.nn.functional.cross_entropy
    return lambda: minimize(x, y, options, course(x, y, options), loss, L2)
