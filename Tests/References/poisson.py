"""Poisson fits and metrics for Tests/DescentTests/PoissonTests.swift, by scikit-learn.

The rows are formulas that the test has too. scikit-learn has no offsets: a count with an exposure is a rate, whose weight
is the exposure. Prints each model's weights and bias, and the metrics of its predictions.
"""
import numpy as np
from sklearn.linear_model import PoissonRegressor
from sklearn.metrics import d2_tweedie_score, mean_poisson_deviance, root_mean_squared_error

n = 40
i = np.arange(n)
x = np.stack([np.sin(i * 1.7), np.cos(i * 0.9) + 0.3 * np.sin(i), (i * 7 % 11) / 5 - 1], axis=1)
weights = 0.25 + (i * 5 % 8) / 4.0
exposure = 0.5 + (i * 3 % 7) / 2.0
counts = np.floor(exposure * np.exp(x @ [0.8, -0.5, 0.3] + 0.4 * np.sin(i * 3.1)) + 0.5)


def show(name, alpha, weights, exposure):
    model = PoissonRegressor(alpha=alpha, solver="newton-cholesky", tol=1e-14, max_iter=1000)
    # The mean loss is by Σw there, here too, and there Σ w·exposure: the penalty's share is scaled to it.
    model.alpha *= weights.sum() / (weights * exposure).sum()
    model.fit(x, counts / exposure, sample_weight=weights * exposure)
    means = exposure * model.predict(x)
    print(name, *(repr(float(v)) for v in np.append(model.coef_, model.intercept_)))
    print("  deviance", repr(float(mean_poisson_deviance(counts, means, sample_weight=weights))),
          "D2", repr(float(d2_tweedie_score(counts, means, sample_weight=weights, power=1))),
          "rmse", repr(float(root_mean_squared_error(counts, means, sample_weight=weights))))


ones = np.ones(n)
show("plain", 0.03, ones, ones)
show("weights and exposure", 0.03, weights, exposure)
show("no penalty", 0, weights, exposure)
