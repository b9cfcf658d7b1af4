"""Makes inference.json: what statsmodels says of small tables, for the tests of inference.

Needs numpy, scipy, statsmodels and mpmath. The tables are drawn from a fixed seed and written with the numbers.
"""
import json
import pathlib
import mpmath
import numpy as np
import statsmodels
import statsmodels.api as sm
from scipy import stats

rng = np.random.default_rng(14)
n = 90
x = np.round(np.column_stack([rng.normal(50, 12, n), rng.exponential(2, n), rng.integers(0, 2, n)]), 4)
group = rng.integers(0, 12, n)
weight = np.round(rng.uniform(0.2, 3, n), 3)
count_weight = rng.integers(1, 4, n)
exposure = np.round(rng.uniform(0.5, 4, n), 3)
lift = rng.normal(0, 0.5, 12)[group]
number = np.round(3 + 0.1 * x[:, 0] - 0.4 * x[:, 1] + x[:, 2] + lift + rng.normal(0, 1, n) * (0.5 + x[:, 1] / 3), 4)
score = -3 + 0.05 * x[:, 0] + 0.3 * x[:, 1] - 0.5 * x[:, 2] + lift
yes = (rng.random(n) < 1 / (1 + np.exp(-score))).astype(int)
count = rng.poisson(exposure * np.exp(-0.5 + 0.02 * x[:, 0] - 0.1 * x[:, 1]))
utilities = np.column_stack([np.zeros(n), 0.03 * x[:, 0] - 1.5, 0.4 * x[:, 1] - 0.5 * x[:, 2]])
kind = (utilities + rng.gumbel(size=(n, 3))).argmax(axis=1)
X = sm.add_constant(x)


def described(result, null_log_likelihood, deviance, null_deviance, dispersion, pearson, r2):
    """Coefficients a class after the other; statsmodels has a column for each."""
    flat = lambda a: np.asarray(a).T.reshape(-1).tolist()
    interval = np.asarray(result.conf_int()).reshape(-1, 2)
    return {
        "estimates": flat(result.params), "errors": flat(result.bse), "statistics": flat(result.tvalues),
        "p": flat(result.pvalues), "lower": interval[:, 0].tolist(), "upper": interval[:, 1].tolist(),
        "log_likelihood": result.llf, "null_log_likelihood": null_log_likelihood, "aic": result.aic,
        "bic": result.bic if not hasattr(result, "bic_llf") else result.bic_llf, "deviance": deviance,
        "null_deviance": null_deviance, "dispersion": dispersion, "pearson": pearson, "r2": r2,
    }


def least_squares(model, **kind):
    r = model.fit(method="qr", **kind)
    null = (-len(number) / 2 * (np.log(2 * np.pi * r.centered_tss / len(number)) + 1)
            + (0.5 * np.log(model.weights).sum() if isinstance(model, sm.WLS) else 0)) if r.k_constant else None
    tss = r.centered_tss if r.k_constant else r.uncentered_tss
    return described(r, null, r.ssr, tss, r.mse_resid, r.ssr, r.rsquared)


def likelihood(model, **kind):
    r = model.fit(method="newton", tol=1e-14, maxiter=100, disp=0, **kind)
    return described(r, r.llnull, -2 * r.llf, -2 * r.llnull, 1, None, r.prsquared)


def generalised(model, **kind):
    r = model.fit(tol=1e-14, maxiter=100, **kind)
    return described(r, r.llnull, r.deviance, r.null_deviance, 1, r.pearson_chi2, 1 - r.llf / r.llnull)


clustered = dict(cov_type="cluster", cov_kwds={"groups": group})
poisson = lambda **more: sm.GLM(count, X, family=sm.families.Poisson(), offset=np.log(exposure), **more)
results = {
    "squared": least_squares(sm.OLS(number, X)),
    "squared without intercept": least_squares(sm.OLS(number, x)),
    "squared weighted": least_squares(sm.WLS(number, X, weights=weight)),
    "squared hc0": least_squares(sm.OLS(number, X), cov_type="HC0", use_t=True),
    "squared hc1": least_squares(sm.OLS(number, X), cov_type="HC1", use_t=True),
    "squared weighted hc1": least_squares(sm.WLS(number, X, weights=weight), cov_type="HC1", use_t=True),
    "squared clustered": least_squares(sm.OLS(number, X), use_t=True, **clustered),
    "logistic": likelihood(sm.Logit(yes, X)),
    "logistic hc0": likelihood(sm.Logit(yes, X), cov_type="HC0"),
    "logistic clustered": likelihood(sm.Logit(yes, X), **clustered),
    "logistic weighted": generalised(sm.GLM(yes, X, family=sm.families.Binomial(), freq_weights=count_weight)),
    "softmax": likelihood(sm.MNLogit(kind, X)),
    "softmax hc0": likelihood(sm.MNLogit(kind, X), cov_type="HC0"),
    "poisson": generalised(poisson()),
    "poisson hc0": generalised(poisson(), cov_type="HC0"),
    "poisson clustered": generalised(poisson(), **clustered),
}


# Ridge, by its formulas: mean loss + l2/2·‖W‖² of the features in units of their spread, biases free. Softmax has all its
# rows of W here, whose common shift the pseudo-inverse leaves out; differences to the first class follow.
spread = x.std(axis=0)
Z = sm.add_constant((x - x.mean(axis=0)) / spread)
to_units = np.eye(4)
to_units[0, 1:] = -x.mean(axis=0) / spread
to_units[1:, 1:] = np.diag(1 / spread)


def softmax_parts(B):
    s = Z @ B.T
    p = np.exp(s - s.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    g = ((p - np.eye(3)[kind]).T @ Z).reshape(-1)
    F = sum(np.kron(np.diag(q) - np.outer(q, q), np.outer(z, z)) for q, z in zip(p, Z))
    return g, F


def logistic_parts(B):
    p = 1 / (1 + np.exp(-Z @ B[0]))
    return Z.T @ (p - yes), (Z.T * (p * (1 - p))) @ Z


def squared_parts(B):
    return Z.T @ (Z @ B[0] - number), Z.T @ Z


def ridge(parts, rows, l2):
    B = np.zeros((rows, 4))
    penalty = n * l2 * np.kron(np.eye(rows), np.diag([0, 1, 1, 1]))
    for _ in range(60):
        g, F = parts(B)
        B = B - (np.linalg.pinv(F + penalty, rcond=1e-12) @ (g + penalty @ B.reshape(-1))).reshape(rows, 4)
    inverse = np.linalg.pinv(F + penalty, rcond=1e-12)
    cov, parameters = inverse @ F @ inverse, np.trace(inverse @ F)
    if parts is squared_parts:
        cov *= ((Z @ B[0] - number) ** 2).sum() / (n - parameters)
    T = np.kron(np.eye(rows), to_units)
    if rows > 1:
        T = np.kron(np.column_stack([-np.ones(rows - 1), np.eye(rows - 1)]), to_units)
    return {"l2": l2, "estimates": (T @ B.reshape(-1)).tolist(),
            "errors": np.sqrt(np.diag(T @ cov @ T.T)).tolist(), "parameters": parameters}


ridges = {
    "squared": ridge(squared_parts, 1, 0.05), "logistic": ridge(logistic_parts, 1, 0.02),
    "softmax": ridge(softmax_parts, 3, 0.03),
}
# Two models of `yes`, and what resamples make of their differences.
weights = np.array([[-3.0, 0.06, 0.06, -0.9], [0.5, 0, 0.02, -0.1]])
sure = X @ weights.T
losses = np.logaddexp(0, -np.where(yes == 1, 1, -1)[:, None] * sure)
right = (sure > 0) == (yes == 1)[:, None]


def area(score, counts):
    """Of pairs of both classes the share in the right order, ties half."""
    pairs = np.outer(counts[yes == 1], counts[yes == 0])
    order = score[yes == 1][:, None] - score[yes == 0][None, :]
    return (pairs * ((order > 0) + 0.5 * (order == 0))).sum() / pairs.sum()


def compared(counts):
    share = counts / counts.sum()
    return [(share @ right)[1] - (share @ right)[0], (share @ losses)[1] - (share @ losses)[0],
            area(sure[:, 1], counts) - area(sure[:, 0], counts)]


samples = np.array([compared(rng.multinomial(n, np.full(n, 1 / n))) for _ in range(20000)])
comparison = {
    "weights": weights.tolist(), "values": compared(np.ones(n)),
    "intervals": np.percentile(samples, [2.5, 97.5], axis=0).T.tolist(),
    "alone": [int((right[:, 0] & ~right[:, 1]).sum()), int((~right[:, 0] & right[:, 1]).sum())],
}
comparison["mcnemar"] = stats.binomtest(comparison["alone"][0], sum(comparison["alone"])).pvalue

mpmath.mp.dps = 40


def student_tails(t, v):
    t, v = mpmath.mpf(t), mpmath.mpf(v)
    return float(mpmath.betainc(v / 2, mpmath.mpf(1) / 2, 0, v / (v + t * t), regularized=True))


tails = [
    [t, v, student_tails(t, v)]
    for v in [1, 2.5, 3, 7, 29.5, 30, 60, 441, 1e4, 1e6]
    for t in [1e-6, 0.1, 0.7, 1, 1.9, 3, 8, 20]
]
out = {
    "statsmodels": statsmodels.__version__, "features": x.tolist(), "group": group.tolist(),
    "weight": weight.tolist(), "count_weight": count_weight.tolist(), "exposure": exposure.tolist(),
    "number": number.tolist(), "yes": yes.tolist(), "count": count.tolist(), "kind": kind.tolist(),
    "results": results, "ridges": ridges, "comparison": comparison, "student_tails": tails,
    "normal_tails": [[z, float(mpmath.erfc(z / mpmath.sqrt(2)))] for z in [0, 1e-9, 0.3, 1, 1.96, 5, 12, 30, 37]],
}
path = pathlib.Path(__file__).with_name("inference.json")
path.write_text(json.dumps(out, indent=1) + "\n")
