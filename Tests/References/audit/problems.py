"""Small random data sets of many kinds: features, and targets of either task."""
import numpy as np

KINDS = {}


def kind(make):
    KINDS[make.__name__.replace("_", " ")] = make
    return make


def shape(g, most_rows=60, most_columns=8):
    return int(g.integers(8, most_rows)), int(g.integers(1, most_columns + 1))


@kind
def plain(g):
    return g.normal(size=shape(g))


@kind
def many_rows(g):
    return g.normal(size=(200, int(g.integers(1, 5))))


@kind
def wide(g):
    return g.normal(size=(int(g.integers(4, 16)), int(g.integers(20, 40))))


@kind
def tiny(g):
    return g.normal(size=(int(g.integers(2, 7)), int(g.integers(1, 4))))


@kind
def collinear(g):
    x = g.normal(size=shape(g, 60, 4))
    return np.column_stack([x, x[:, 0], x.sum(1), 2 * x[:, -1] - 1])


@kind
def near_duplicates(g):
    x = g.normal(size=shape(g, 60, 4))
    return np.column_stack([x, x[:, 0] + 10.0 ** -g.integers(2, 9) * g.normal(size=len(x))])


@kind
def repeated_rows(g):
    x = g.normal(size=shape(g, 30, 6))
    return x[g.integers(0, max(2, len(x) // 3), len(x))]


@kind
def constant_columns(g):
    x = g.normal(size=shape(g))
    return np.column_stack([x, np.full(len(x), g.choice([0.0, 1.0, 0.1, -3e7])), np.zeros(len(x))])


@kind
def one_hot(g):
    rows = int(g.integers(10, 60))
    columns = int(g.integers(2, 7))
    # A column may be 0 for all rows.
    hot = np.eye(columns)[g.integers(0, int(g.integers(2, columns + 1)), rows)]
    return np.column_stack([hot, g.normal(size=rows)]) if g.random() < 0.5 else hot


@kind
def counts(g):
    return g.poisson(10.0 ** g.uniform(-0.5, 3, size=(1, 5)), size=(int(g.integers(8, 60)), 5)).astype(float)


@kind
def offsets(g):
    """Timestamps, years, balances: a large mean for a small spread."""
    x = g.normal(size=shape(g, 60, 5))
    x = x * 10.0 ** g.uniform(-2, 3, x.shape[1]) + 10.0 ** g.uniform(2, 9.3, x.shape[1])
    return np.round(x) if g.random() < 0.3 else x


@kind
def scales(g):
    x = g.normal(size=shape(g, 60, 5))
    return x * 10.0 ** g.uniform(-5, 5, x.shape[1])


@kind
def outliers(g):
    x = g.normal(size=shape(g))
    x[g.integers(0, len(x), 2), g.integers(0, x.shape[1], 2)] *= 10.0 ** g.uniform(1, 5)
    return x


@kind
def heavy_tails(g):
    return g.standard_cauchy(size=shape(g))


@kind
def mostly_zeros(g):
    x = g.normal(size=shape(g, 80, 12))
    return x * (g.random(x.shape) < 0.2)


@kind
def binary(g):
    return (g.random(shape(g)) < g.uniform(0.1, 0.9)).astype(float)


@kind
def imbalanced(g):
    return g.normal(size=shape(g))


@kind
def separable(g):
    return g.normal(size=shape(g))


def features(name, g):
    x = KINDS[name](g)
    # Digits as a table has them, or all of them.
    return np.float64([[float(f"{v:.6g}") for v in row] for row in x]) if g.random() < 0.3 else x


def direction(x, g, columns):
    """Scores that depend on the features, whatever their size."""
    spread = x.std(0)
    z = (x - x.mean(0)) / np.where(spread > 0, spread, 1)
    return np.clip(z, -10, 10) @ g.normal(size=(x.shape[1], columns)) / np.sqrt(x.shape[1])


def labels(name, x, g, classes):
    noise = 0 if name == "separable" else g.choice([0.3, 1, 3])
    y = (direction(x, g, classes) + noise * g.gumbel(size=(len(x), classes))).argmax(1)
    if name == "imbalanced":
        y = np.zeros(len(x), int)
    # Each class has a row.
    at = g.permutation(len(x))[:classes]
    y[at] = np.arange(len(at))
    return y


def values(name, x, g):
    t = direction(x, g, 1)[:, 0] + g.choice([0.01, 0.3, 2]) * g.normal(size=len(x))
    if name == "outliers":
        t[g.integers(0, len(t), 2)] += 100 * g.normal(size=2)
    if name == "counts":
        t = np.round(np.exp(np.clip(t, -2, 6)))
    if name == "imbalanced":  # A constant target, but for a row or for none.
        t = np.full(len(t), g.choice([0.0, 5.5, 1e6]))
        t[0] += g.choice([0, 1])
    if name == "separable":  # A fit without an error.
        t = direction(x, g, 1)[:, 0]
    return t * 10.0 ** g.choice([0, 0, 0, -5, 2, 5]) + g.choice([0, 0, 10, 1e3, 1e6, 1e9])
