"""An epoch of mini-batch descent on softmax with momentum, batches of 128 shuffled rows: linear, or with a hidden layer."""
import time

import numpy as np

BATCH, RATE, MOMENTUM, L2, EPOCHS = 128, 0.05, 0.9, 1e-4, 4


def timed(start, epoch):
    """`start` makes a state, `epoch` runs one over it and returns the mean of the batches' losses."""

    def run():
        state, seconds = start(), []
        for _ in range(EPOCHS):
            begin = time.perf_counter()
            loss = epoch(state)
            seconds.append(time.perf_counter() - begin)
        return {"seconds": sum(seconds[1:]) / (EPOCHS - 1), "result": [loss]}

    return run


def numpy(x, y, options):
    rng = np.random.default_rng(0)
    shapes = [(x.shape[1], options.classes), (options.classes,)]

    def epoch(state):
        (w, b), velocities = state
        order, total = rng.permutation(len(x)), 0.0
        for begin in range(0, len(x), BATCH):
            rows = order[begin : begin + BATCH]
            block, labels, each = x[rows], y[rows], np.arange(len(rows))
            s = block @ w
            s += b
            s -= s.max(1, keepdims=True)
            right = s[each, labels].sum()
            np.exp(s, out=s)
            sums = s.sum(1)
            total += float(np.log(sums).sum() - right)
            s /= sums[:, None]
            s[each, labels] -= 1
            s /= len(rows)
            gradients = [block.T @ s, s.sum(0)]
            gradients[0] += L2 * w
            for parameter, velocity, gradient in zip((w, b), velocities, gradients):
                velocity *= MOMENTUM
                velocity += gradient
                parameter -= RATE * velocity
        return total / len(x)

    return timed(lambda: tuple([np.zeros(s, np.float32) for s in shapes] for _ in range(2)), epoch)


def pytorch(x, y, options):
    import torch

    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    x, y = torch.from_numpy(x), torch.from_numpy(y)

    def model():
        if not options.hidden:
            layer = torch.nn.Linear(x.shape[1], options.classes)
            torch.nn.init.zeros_(layer.weight)
            torch.nn.init.zeros_(layer.bias)
            return layer
        first = torch.nn.Linear(x.shape[1], options.hidden)
        torch.nn.init.kaiming_normal_(first.weight, nonlinearity="relu")
        torch.nn.init.zeros_(first.bias)
        last = torch.nn.Linear(options.hidden, options.classes)
        torch.nn.init.normal_(last.weight, std=0.01)
        torch.nn.init.zeros_(last.bias)
        return torch.nn.Sequential(first, torch.nn.ReLU(), last)

    def start():
        layer = model()
        named = list(layer.named_parameters())
        groups = [{"params": [p for name, p in named if name.endswith("weight")], "weight_decay": L2},
                  {"params": [p for name, p in named if name.endswith("bias")]}]
        return layer, torch.optim.SGD(groups, lr=RATE, momentum=MOMENTUM)

    def epoch(state):
        layer, optimizer = state
        order, total = torch.randperm(len(x)), 0.0
        for begin in range(0, len(x), BATCH):
            rows = order[begin : begin + BATCH]
            optimizer.zero_grad(set_to_none=True)
            loss = torch.nn.functional.cross_entropy(layer(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        return total / len(x)

    return timed(start, epoch)
