"""Weights and intercepts of scikit-learn's coordinate descent on the problem of SparseSolverTests.

    python3 Tests/References/lasso.py
"""
import numpy as np
from sklearn.linear_model import ElasticNet, Lasso

i, j = np.meshgrid(np.arange(24), np.arange(5), indexing="ij")
X = np.sin(1.3 * i + 2.1 * j * j + 0.7 * i * j)
t = 2 * np.cos(0.9 * np.arange(24)) + (np.arange(24) % 7 == 0) * 5.0
for model in (Lasso(alpha=0.02), Lasso(alpha=0.2), ElasticNet(alpha=0.3, l1_ratio=2 / 3)):
    model.set_params(tol=1e-15, max_iter=1000000).fit(X, t)
    print([float(x) for x in model.coef_], float(model.intercept_))
