"""The optimum, by clarabel, an interior-point method for cones, which shares nothing with Descent.

Its weights are put into the true objective: whatever its own accuracy, that value is one that can be reached, so the
optimum is not above it. A model whose proof says otherwise is wrong for sure.
"""
import clarabel
import numpy as np
import scipy.sparse as sp
from objective import value


class Cones:
    """min ½·zᵀPz + qᵀz over rows A·z + s = b, s in cones; variables and rows are added in groups."""

    def __init__(self):
        self.size, self.square, self.linear, self.rows = 0, [], [], []

    def variables(self, count, square=0.0, linear=0.0):
        start = self.size
        self.size += count
        self.square.append(np.broadcast_to(square, count))
        self.linear.append(np.broadcast_to(linear, count))
        return np.arange(start, self.size)

    def add(self, cone, offset, *terms):
        """offset + Σ matrix·z[columns] in a cone; a term is (matrix, columns)."""
        self.rows.append((cone, np.asarray(offset, float), terms))

    def solve(self):
        blocks = []
        for _, offset, terms in self.rows:
            block = sp.csc_matrix((len(offset), self.size))
            for matrix, columns in terms:
                pick = sp.csc_matrix((np.ones(len(columns)), (np.arange(len(columns)), columns)),
                                     (len(columns), self.size))
                block = block - sp.csc_matrix(matrix) @ pick
            blocks.append(block)
        cones = [cone for kinds, _, _ in self.rows for cone in kinds]
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        settings.max_threads = 1
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-11
        settings.max_iter = 300
        solver = clarabel.DefaultSolver(
            sp.diags(np.concatenate(self.square)).tocsc(), np.concatenate(self.linear),
            sp.vstack(blocks).tocsc(), np.concatenate([offset for _, offset, _ in self.rows]), cones, settings)
        solution = solver.solve()
        return np.array(solution.x), solution.obj_val_dual


def optimum(p):
    """The least objective found, and what clarabel's dual says that it is at least (a check on clarabel)."""
    used = np.flatnonzero(p.factors)
    x, n, k = p.x[:, used], len(p.x), p.outputs
    centre = x.mean(0) if p.intercept else np.zeros(x.shape[1])
    spread = np.sqrt(((x - centre) ** 2).mean(0))
    spread[spread == 0] = 1
    z = (x - centre) / spread
    d = z.shape[1]
    # In units of the target's spread, so that the cones' numbers are near 1.
    unit, middle = 1.0, 0.0
    if p.loss in ("squared", "huber"):
        middle = np.median(p.y) if p.intercept else 0.0
        unit = abs(p.y - middle).mean() or 1.0
    scale = unit / spread / p.factors[used]  # a weight of scaled features is v · scale
    c = Cones()
    share = 1 / n
    per = np.tile(scale, k)
    v = c.variables(k * d, square=p.l2 * per ** 2 / unit ** 2)
    b = c.variables(k) if p.intercept else None
    if p.l1 > 0:
        t = c.variables(k * d, linear=p.l1 * per / unit ** 2)
        eye = sp.eye(k * d)
        c.add([clarabel.NonnegativeConeT(2 * k * d)], np.zeros(2 * k * d),
              (sp.vstack([eye, eye]), t), (sp.vstack([eye, -eye]), v))

    def scores(rows, outputs, signs=1.0):
        """Of row i's output c, as terms: signs · (z·v_c + b_c)."""
        matrix = sp.csr_matrix(
            (np.repeat(np.broadcast_to(signs, len(rows)), d) * z[rows].ravel(),
             (np.repeat(np.arange(len(rows)), d), (np.asarray(outputs)[:, None] * d + np.arange(d)).ravel())),
            (len(rows), k * d))
        bias = sp.csr_matrix((np.broadcast_to(signs, len(rows)), (np.arange(len(rows)), outputs)), (len(rows), k))
        return [(matrix, v)] + ([(bias, b)] if p.intercept else [])

    i = np.arange(n)
    if p.loss in ("squared", "huber"):
        target, eye = (p.y - middle) / unit, sp.eye(n)
        residual = c.variables(n, square=share)
        terms = scores(i, 0 * i) + [(-eye, residual)]
        if p.loss == "huber":
            above, below = (c.variables(n, linear=share * p.delta / unit) for _ in range(2))
            terms += [(-eye, above), (eye, below)]
            c.add([clarabel.NonnegativeConeT(2 * n)], np.zeros(2 * n), (sp.eye(2 * n), np.concatenate([above, below])))
        c.add([clarabel.ZeroConeT(n)], -target, *terms)
    elif p.loss in ("hinge", "squared-hinge"):
        rows, others = np.array([(r, j) for r in i for j in range(k) if j != p.y[r]]).T
        m = len(rows)
        excess = c.variables(m, **({"linear": share} if p.loss == "hinge" else {"square": 2 * share}))
        both = scores(rows, others) + scores(rows, p.y[rows], -1.0)
        c.add([clarabel.NonnegativeConeT(m)], np.full(m, -p.margin), (sp.eye(m), excess),
              *[(-matrix, columns) for matrix, columns in both])
        c.add([clarabel.NonnegativeConeT(m)], np.zeros(m), (sp.eye(m), excess))
    else:
        # t ≥ log(1 + Σ exp(s_j − s_y)): exp(−t) + Σ exp(s_j − s_y − t) ≤ 1, a cone a term.
        if p.loss == "logistic":
            rows, terms = i, scores(i, 0 * i, np.where(p.y == 1, -1.0, 1.0))
        else:
            rows, others = np.array([(r, j) for r in i for j in range(k) if j != p.y[r]]).T
            terms = scores(rows, others) + scores(rows, p.y[rows], -1.0)
        m = len(rows)
        top = c.variables(n, linear=share)
        parts = c.variables(m + n)
        pick = lambda index, size: sp.csr_matrix((np.ones(len(index)), (np.arange(len(index)), index)), (len(index), size))
        first = sp.csr_matrix((np.ones(m + n), (3 * np.arange(m + n), np.arange(m + n))), (3 * (m + n), m + n))
        third = sp.csr_matrix((np.ones(m + n), (3 * np.arange(m + n) + 2, np.arange(m + n))), (3 * (m + n), m + n))
        offset = np.tile([0.0, 1.0, 0.0], m + n)
        high = lambda matrix: sp.vstack([matrix, sp.csr_matrix((n, matrix.shape[1]))])
        c.add([clarabel.ExponentialConeT()] * (m + n), offset, (third, parts),
              (-first @ pick(np.concatenate([rows, i]), n), top),
              *[(first @ high(matrix), columns) for matrix, columns in terms])
        c.add([clarabel.NonnegativeConeT(n)], np.ones(n), (-pick(np.concatenate([rows, i]), n).T, parts))
    solution, dual = c.solve()
    weights = np.zeros((k, p.x.shape[1]))
    weights[:, used] = solution[v].reshape(k, d) * unit / spread
    biases = (solution[b] if p.intercept else np.zeros(k)) * unit + middle - weights[:, used] @ centre
    if not (np.isfinite(weights).all() and np.isfinite(biases).all()):
        return np.inf, -np.inf
    return value(p, weights, biases)[0], dual * unit ** 2
