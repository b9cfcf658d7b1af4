"""The mean softmax loss over all rows plus (1e-4 / 2)·‖W‖², and its gradient: one pass."""
import time

import numpy as np

from data import weights

L2 = np.float32(1e-4)


def timed(pass_once):
    """`pass_once` returns the loss and the gradients by W [columns, classes] and b."""
    pass_once()  # compiles, and wakes the threads

    def run():
        start = time.perf_counter()
        loss, w, b = pass_once()
        seconds = time.perf_counter() - start
        norm = np.sqrt(sum((np.asarray(g, np.float64) ** 2).sum() for g in (w, b)))
        return {"seconds": seconds, "result": [float(loss), float(norm)]}

    return run


def numpy(x, y, options):
    """Blocks of rows that stay in the cache."""
    n, p = x.shape
    w = weights(p, options.classes)
    rows = max(64, 2**20 // (4 * p))

    def pass_once():
        loss, dw, db = 0.0, L2 * w, np.zeros(options.classes, np.float32)
        for start in range(0, n, rows):
            block, labels = x[start : start + rows], y[start : start + rows]
            each = np.arange(len(labels))
            s = block @ w
            s -= s.max(1, keepdims=True)
            loss -= s[each, labels].sum(dtype=np.float64)
            np.exp(s, out=s)
            total = s.sum(1)
            loss += np.log(total).sum(dtype=np.float64)
            s /= total[:, None]
            s[each, labels] -= 1
            s *= 1 / n
            dw += block.T @ s
            db += s.sum(0)
        return loss / n + 0.5 * L2 * (w * w).sum(), dw, db

    return timed(pass_once)


def jax(x, y, options):
    import jax
    import jax.numpy as jnp

    def objective(w, b, x, y):
        s = x @ w + b
        right = jnp.take_along_axis(s, y[:, None], 1)[:, 0]
        return (jax.nn.logsumexp(s, 1) - right).mean() + 0.5 * L2 * (w * w).sum()

    compiled = jax.jit(jax.value_and_grad(objective, (0, 1)))
    w, b = jnp.asarray(weights(x.shape[1], options.classes)), jnp.zeros(options.classes, jnp.float32)
    x, y = jnp.asarray(x), jnp.asarray(y)

    def pass_once():
        loss, gradients = compiled(w, b, x, y)
        return loss.block_until_ready(), *gradients

    return timed(pass_once)


def scikit_learn(x, y, options):
    from sklearn._loss import HalfMultinomialLoss
    from sklearn.linear_model._linear_loss import LinearModelLoss

    p = x.shape[1]
    loss = LinearModelLoss(HalfMultinomialLoss(n_classes=options.classes), fit_intercept=True)
    parameters = np.zeros((options.classes, p + 1), np.float32, order="F")
    parameters[:, :p] = weights(p, options.classes).T
    y = y.astype(np.float32)

    def pass_once():
        value, g = loss.loss_gradient(parameters, x, y, l2_reg_strength=L2, n_threads=options.threads)
        return value, g[:, :p], g[:, p]

    return timed(pass_once)


def pytorch(x, y, options):
    import torch

    torch.set_num_threads(options.threads)
    w = torch.from_numpy(weights(x.shape[1], options.classes)).requires_grad_()
    b = torch.zeros(options.classes, requires_grad=True)
    x, y = torch.from_numpy(x), torch.from_numpy(y)

    def pass_once():
        w.grad = b.grad = None
        loss = torch.nn.functional.cross_entropy(x @ w + b, y) + 0.5 * float(L2) * (w * w).sum()
        loss.backward()
        return loss.item(), w.grad.numpy(), b.grad.numpy()

    return timed(pass_once)
