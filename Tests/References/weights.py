"""Weighted optima for Tests/DescentTests/WeightReferenceTests.swift, by scikit-learn and by NumPy alone.

The rows are formulas that the test has too. Prints each model's weights and bias.
"""
import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.utils.class_weight import compute_class_weight

n = 40
i = np.arange(n)
x = np.stack([np.sin(i * 1.7), np.cos(i * 0.9) + 0.3 * np.sin(i), (i * 7 % 11) / 5 - 1], axis=1)
weights = 0.25 + (i * 5 % 8) / 4.0
offsets = 0.5 * np.cos(i * 0.37) + 0.2
numbers = 2 + x @ [1.5, -0.7, 0.2] + 0.6 * np.sin(i * 3.1)
labels = (x @ [1.0, 0.8, -0.5] + np.sin(i * 2.3) > 0.9).astype(int)
l2 = 0.03


def show(name, w, b):
    print(name, *(repr(float(v)) for v in np.append(w, b)))


# mean of ½(s − t)² + l2/2·‖w‖², rows by weight: alpha = l2·Σw.
ridge = Ridge(alpha=l2 * weights.sum(), tol=1e-14).fit(x, numbers - offsets, sample_weight=weights)
show("ridge", ridge.coef_, ridge.intercept_)

factors = compute_class_weight("balanced", classes=np.array([0, 1]), y=np.repeat(labels, (weights * 4).astype(int)))
balanced = weights * factors[labels]
print("factors", *(repr(float(f)) for f in factors))
logistic = LogisticRegression(C=1 / (l2 * balanced.sum()), tol=1e-14, max_iter=10000, solver="newton-cholesky")
logistic.fit(x, labels, sample_weight=balanced)
show("balanced", logistic.coef_[0], logistic.intercept_[0])

# With offsets scikit-learn has no way: Newton's method.
design = np.column_stack([x, np.ones(n)])
theta = np.zeros(4)
price = l2 * np.diag([1.0, 1, 1, 0])
for _ in range(50):
    p = 1 / (1 + np.exp(-(design @ theta + offsets)))
    gradient = design.T @ (weights * (p - labels)) / weights.sum() + price @ theta
    hessian = design.T @ (design * (weights * p * (1 - p))[:, None]) / weights.sum() + price
    theta -= np.linalg.solve(hessian, gradient)
show("offset", theta[:3], theta[3])
