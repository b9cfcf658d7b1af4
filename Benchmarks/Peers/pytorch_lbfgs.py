"""PyTorch's L-BFGS on a linear model."""
import numpy as np
import torch

from fitting import Done


def minimize(x, y, options, watch, loss, l2):
    torch.set_num_threads(options.threads)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    w = torch.zeros(x.shape[1], options.classes, requires_grad=True)
    b = torch.zeros(options.classes, requires_grad=True)
    solver = torch.optim.LBFGS(
        [w, b], max_iter=100_000, max_eval=10**9, history_size=10, line_search_fn="strong_wolfe",
        tolerance_grad=0, tolerance_change=0)

    def closure():
        solver.zero_grad()
        value = loss(x @ w + b, y) + 0.5 * l2 * (w * w).sum()
        value.backward()
        watch.see(lambda: [p.detach().numpy().astype(np.float64) for p in (w, b)], value.item())
        return value

    try:
        solver.step(closure)
    except Done:
        pass
    return watch.answer()
