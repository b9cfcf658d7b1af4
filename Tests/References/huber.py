"""Reference values of Tests/DescentTests/HuberScaleTests.swift: R² of scikit-learn's HuberRegressor at its defaults, on
the same standardised features. python huber.py      (needs numpy and scikit-learn)
"""
import numpy as np
from sklearn.linear_model import HuberRegressor
from sklearn.preprocessing import StandardScaler

i = np.arange(200)[:, None]
X = np.sin(12.9898 * (i + 1) * (np.arange(3)[None] + 1.37))
noise = np.sin(78.233 * (i[:, 0] + 0.5))
for share in (0, 10, 4):
    outliers = 20 * (i[:, 0] % share == 0) if share else 0
    for scale in (1e-3, 1, 1e5, 1e6):
        clean = scale * (3 + X @ [2, -1, 0.5] + 0.3 * noise)
        y = clean + scale * outliers
        S = StandardScaler().fit_transform(X)
        model = HuberRegressor(max_iter=10000).fit(S, y)
        rest = 1 - np.sum((clean - model.predict(S)) ** 2) / np.sum((clean - clean.mean()) ** 2)
        print(f"outliers every {share}, scale {scale}: R² {model.score(S, y):.5f}, without outliers {rest:.5f}")
