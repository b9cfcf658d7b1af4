"""Correlated columns, some of which decide a target, as benchopt's suites simulate them; dense or sparse."""
import numpy as np
from benchopt import BaseDataset
from benchopt.datasets import make_correlated_data


class Dataset(BaseDataset):
    name = "Simulated"
    parameters = {"n_samples, n_features": [(1000, 50)], "rho": [0.5], "density": [0.2], "X_density": [1.0, 0.2]}
    requirements = ["numpy"]

    def get_data(self):
        X, y, _ = make_correlated_data(
            self.n_samples, self.n_features, rho=self.rho, density=self.density, X_density=self.X_density,
            random_state=27)
        return dict(X=X, y=y)
