"""Reference optima of Tests/Laws/Zoo/Proofs.swift, in double: quadratic programs by clarabel's interior point, the
likelihoods by Newton steps of least norm until they stand still (pip install numpy scipy clarabel)."""
import clarabel
import numpy as np
from scipy import sparse


def noise(i, j):
    return ((i * 7919 + j * 10473 + i * j * 31 + 17) % 1000) / 500 - 1


def program(P, q, A, b, zeros, nonnegative):
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-13
    cones = [clarabel.ZeroConeT(zeros), clarabel.NonnegativeConeT(nonnegative)]
    solution = clarabel.DefaultSolver(P.tocsc(), q, A.tocsc(), b, cones, settings).solve()
    return solution.obj_val


def huber(x, t, l1=0.0, l2=0.0, delta=1.0):
    """Of targets less their mean: the bias takes it up. Variables w, b, |w|, u, p, m: s - t = u + p - m."""
    (n, d), t = x.shape, t - t.mean()
    eye, empty = sparse.identity, lambda r, c: sparse.csc_matrix((r, c))
    P = sparse.diags(np.r_[np.full(d, l2), np.zeros(d + 1), np.full(n, 1 / n), np.zeros(2 * n)])
    q = np.r_[np.zeros(d + 1), np.full(d, l1), np.zeros(n), np.full(2 * n, delta / n)]
    rows = [
        [sparse.csc_matrix(x), np.ones((n, 1)), empty(n, d), -eye(n), -eye(n), eye(n)],
        [eye(d), empty(d, 1), -eye(d), empty(d, 3 * n)],
        [-eye(d), empty(d, 1), -eye(d), empty(d, 3 * n)],
        [empty(2 * n, 2 * d + 1 + n), -eye(2 * n)],
    ]
    A = sparse.vstack([sparse.hstack(r) for r in rows])
    return program(P, q, A, np.r_[t, np.zeros(2 * d + 2 * n)], n, 2 * d + 2 * n)


def squared_hinge(x, y, classes):
    """Variables W, b and a violation v of each row and wrong class: the sum of v^2, v >= s_j - s_y + 1 and v >= 0."""
    n, d = x.shape
    X = np.c_[x, np.ones(n)]
    pairs = [(i, j) for i in range(n) for j in range(classes) if j != y[i]]
    m, k = len(pairs), classes * (d + 1)
    G = np.zeros((m, k))
    for r, (i, j) in enumerate(pairs):
        G[r, j * (d + 1):(j + 1) * (d + 1)] += X[i]
        G[r, y[i] * (d + 1):(y[i] + 1) * (d + 1)] -= X[i]
    P = sparse.diags(np.r_[np.zeros(k), np.full(m, 2 / n)])
    A = sparse.vstack([sparse.hstack([sparse.csc_matrix(G), -sparse.identity(m)]),
                       sparse.hstack([sparse.csc_matrix((m, k)), -sparse.identity(m)])])
    return program(P, np.zeros(k + m), A, np.r_[-np.ones(m), np.zeros(m)], 0, 2 * m)


def squared(x, t):
    X = np.c_[x - x.mean(0), np.ones(len(t))]
    r = t - X @ np.linalg.lstsq(X, t, rcond=None)[0]
    return (r @ r) / (2 * len(t))


def softmax(x, y, classes):
    """Two-class logistic is the same number."""
    n = len(y)
    z = (x - x.mean(0)) @ np.linalg.pinv(np.diag(x.std(0)))
    # Near copies: their difference at a scale of its own, which changes no optimum.
    u, s, _ = np.linalg.svd(z, full_matrices=False)
    X = np.c_[u[:, s > 1e-10 * s[0]] * np.sqrt(n), np.ones(n)]
    d, Y = X.shape[1], np.eye(classes)[y]
    W = np.zeros((classes, d))
    for _ in range(60):
        S = X @ W.T
        p = np.exp(S - S.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        g = ((p - Y).T @ X / n).ravel()
        B = np.einsum("ia,ab->iab", p, np.eye(classes)) - np.einsum("ia,ib->iab", p, p)
        H = np.einsum("iab,ij,ik->ajbk", B, X, X).reshape(classes * d, classes * d) / n
        W = W - np.linalg.lstsq(H, g, rcond=1e-12)[0].reshape(classes, d)
    return -np.log(p[np.arange(n), y]).mean()


def standard(x):
    return (x - x.mean(0)) / x.std(0)


n = 60
print("    // Huber: the mean of the targets changes nothing but the bias.")
x = np.array([[noise(i, j) for j in range(3)] for i in range(n)])
t = np.array([3 * x[i, 0] - 2 * x[i, 1] + 2 * noise(i, 91) + (20 if i % 9 == 0 else 0) for i in range(n)])
for l1, l2 in [(0.01, 0.0), (0.0, 0.01), (0.01, 0.01)]:
    print(f"    .init(l1: {l1}, l2: {l2}, optimum: {huber(standard(x), t, l1, l2)!r}),")

near = np.array([[noise(i, 0), noise(i, 0) + 1e-4 * noise(i, 5)] for i in range(n)])
t = np.array([1.5 * noise(i, 0) + noise(i, 5) + 0.1 * noise(i, 7) for i in range(n)])
y = np.array([int(t[i] + 2 * noise(i, 8) > 0) for i in range(n)])
print("    // near copies")
print(f'    "squared": {float(squared(near, t))!r}, "huber": {huber(standard(near), t)!r},')
print(f'    "softmax": {float(softmax(near, y, 2))!r}, "logistic": {float(softmax(near, y, 2))!r},')
print(f'    "squared-hinge": {squared_hinge(standard(near), y, 2)!r},')
hot = np.array([[float(i % 3 == j) for j in range(3)] + [noise(i, 0)] for i in range(n)])
y3 = np.array([(i * i + i // 3) % 3 for i in range(n)])
print("    // a column for each category")
print(f'    "squared": {float(squared(hot, t))!r}, "huber": {huber(standard(hot), t)!r},')
print(f'    "softmax": {float(softmax(hot, y3, 3))!r}, "logistic": {float(softmax(hot, y, 2))!r},')
print(f'    "squared-hinge": {squared_hinge(standard(hot), y3, 3)!r},')
