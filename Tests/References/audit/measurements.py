"""What a training says of its model besides the objective: accuracy, error, R², weights that are not zero."""
import numpy as np


def wrong_measurements(p, metrics, weights, biases, is_float):
    """Each that is not so, in words."""
    nonzeros = int((weights != 0).sum())
    if metrics["nonzeros"] < nonzeros:
        yield f"{metrics['nonzeros']} weights that are not zero, but the file has {nonzeros}"
    s = p.x @ weights.T + biases
    # Rows are scored in the model's precision.
    size = abs(p.x) @ abs(weights).T + abs(biases)
    error = (8 + p.x.shape[1]) * 2.0 ** (-23 if is_float else -52) * size
    if p.loss in ("squared", "huber"):
        yield from wrong_errors(s[:, 0] - p.y, error[:, 0] + 2.0 ** -52 * abs(p.y), p.y, metrics)
    else:
        yield from wrong_accuracy(s, error, p, metrics["train_accuracy"])


def wrong_errors(residuals, error, y, metrics):
    rmse, slack = (float(np.sqrt((v ** 2).mean())) for v in (residuals, error))
    if abs(metrics["train_rmse"] - rmse) > slack + 1e-9 * rmse:
        yield f"a root mean square of {metrics['train_rmse']!r}, but it is {rmse!r}"
    deviation = float(y.std())
    r2 = metrics["r2"]
    if y.min() == y.max():
        if r2 is not None:
            yield f"an R² of {r2} for a constant"
        return
    share = (rmse / deviation) ** 2
    # A mean of large numbers is rounded.
    doubt = 1e-9 + (2.0 ** -50 * abs(y).max() / deviation) ** 2
    if r2 is None or abs(r2 - (1 - share)) > doubt * (1 + share) + 2 * (slack * rmse + slack ** 2) / deviation ** 2:
        yield f"an R² of {r2}, but it is {1 - share!r}"


def wrong_accuracy(s, error, p, said):
    """Rows whose two best scores are nearer than rounding may count for either."""
    if s.shape[1] == 1:
        s, error = np.column_stack([0 * s, s]), np.column_stack([error, error])
    own = s[np.arange(len(s)), p.y]
    best = np.where(np.arange(s.shape[1]) == p.y[:, None], -np.inf, s).max(1)
    margin, doubt = own - best, 2 * error.max(1)
    least, most = (margin > doubt).mean(), (margin >= -doubt).mean()
    if not least - 1e-12 <= said <= most + 1e-12:
        yield f"an accuracy of {said}, but it is from {least} to {most}"
