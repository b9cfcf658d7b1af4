"""What is timed: each task sets its peers up, lets them run in turns and yields rows of the table."""
import census
import data
import poisson as counts
import quantile as quantiles
from checks import agree
from elastic_fits import elastic, sparsity
from fits import hinge, ridge, softmax
from paths_fits import paths
from runner import in_turns
from sparse_fits import sparse
from table import row
from tall_fits import pictures, tall
from two_class_fits import one_score, texts
import json
import os
import subprocess

PEERS = {"numpy": "NumPy", "jax": "JAX", "scikit_learn": "scikit-learn", "pytorch": "PyTorch",
         "onnx_runtime": "ONNX Runtime"}
SCALE = ("--factor", str(1 / 255))


def compared(setting, work, runners, tolerance, note=lambda runner: "", rounds=None):
    """Rows of runners that did the same, after showing that their results agree. The first one is Descent."""
    in_turns(runners, rounds or setting.options.rounds)
    agree(setting, work, runners, tolerance)
    for runner in runners:
        if runner.failure:
            yield row(work, runner.name, None, None, f"did not run: {runner.failure}")
        else:
            ratio = runner.seconds / runners[0].seconds if runners[0].answers else None
            yield row(work, runner.name, runner.seconds, None if runner is runners[0] else ratio, note(runner))


def gradient(setting):
    """Softmax loss and gradient over all rows."""
    peak = measured_peak(setting)
    cases = [
        ("60000×784, 10 classes", data.fashion(), (*SCALE, "--classes", "10"), 4 * 60000 * 7840,
         ("numpy", "jax", "scikit_learn", "pytorch"), True),
        ("50000×3072, 10 classes", data.pictures(setting.folder), (*SCALE, "--classes", "10"), 4 * 50000 * 30720,
         ("numpy", "jax", "scikit_learn"), False),
        ("20000×768, 1000 classes", data.wide(setting.folder), ("--classes", "1000"), 4 * 20000 * 768000,
         ("numpy", "pytorch"), False),
    ]
    for shape, files, more, operations, peers, with_naive in cases:
        def note(runner):
            share = operations / runner.seconds / peak
            text = f"{operations / runner.seconds / 1e9:.0f} GFLOP/s, {100 * share:.0f} % of the sgemm peak"
            if runner is single:
                same = runner.answers[-1]["bits"] == runners[0].answers[-1]["bits"]
                if not same:
                    setting.failures.append("the bits depend on the number of threads")
                text = f"bits {'equal' if same else 'DIFFER'}"
            return text if runner in (runners[0], single) else ""

        single = setting.descent("Descent, 1 thread", "gradient", files, *more, threads=1)
        runners = [setting.descent("Descent", "gradient", files, *more), single]
        runners += [setting.peer(PEERS[peer], "gradient", peer, files, *more) for peer in peers]
        if with_naive:
            runners.append(setting.descent("naive Swift", "gradient", files, *more, "--naive"))
        yield from compared(setting, f"softmax loss and gradient, {shape}", runners, 2e-3, note)


def measured_peak(setting):
    command = [setting.options.benchmark, "peaks", "--threads", str(setting.threads)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["peak"]


def epoch(setting):
    """An epoch of mini-batches."""
    files = data.fashion()
    runners = [setting.descent("Descent", "epoch", files, *SCALE)]
    runners += [setting.peer(PEERS[peer], "epoch", peer, files, *SCALE) for peer in ("numpy", "pytorch")]
    work = "an epoch, 60000×784, 10 classes, batch 128, momentum"
    yield from compared(setting, work, runners, 2e-2, rounds=3)


def scoring(setting):
    """One row, and batches."""
    files = data.fashion()
    for batch in (1, 64, 4096):
        runners = [setting.descent("Descent", f"score{batch}", files, *SCALE)]
        runners += [setting.peer(PEERS[peer], "scoring", peer, files, *SCALE, "--batch", str(batch))
                    for peer in ("onnx_runtime", "pytorch", "numpy", "scikit_learn")]
        work = f"scores, 784×10, {'one row' if batch == 1 else f'batches of {batch}'}, a row"
        yield from compared(
            setting, work, runners, 1e-3, lambda runner: f"{1e-6 / runner.seconds:.3g} M rows/s")


def network(setting):
    """784-128-10 with ReLU: an epoch, and scores."""
    files, shape = data.fashion(), (*SCALE, "--hidden", "128")
    products = setting.descent("Descent's matrix products alone", "products", files, *shape)
    in_turns([products], 3)
    runners = [setting.descent("Descent", "epoch", files, *shape),
               setting.peer("PyTorch", "epoch", "pytorch", files, *shape)]
    work = "an epoch of a network 784-128-10, batch 128, momentum"
    yield from compared(setting, work, runners, 5e-2, rounds=3)
    yield row(work, products.name, products.seconds, products.seconds / runners[0].seconds, "")
    for batch in (1, 64, 4096):
        runners = [setting.descent("Descent", f"score{batch}", files, *shape)]
        runners += [setting.peer(PEERS[peer], "scoring", peer, files, *shape, "--batch", str(batch))
                    for peer in ("onnx_runtime", "pytorch", "numpy")]
        work = f"scores, 784-128-10, {'one row' if batch == 1 else f'batches of {batch}'}, a row"
        yield from compared(
            setting, work, runners, 1e-3, lambda runner: f"{1e-6 / runner.seconds:.3g} M rows/s")


def csv(setting):
    """Reading tables."""
    for name in ("pixels", "decimals"):
        path = data.table(setting.folder, name)
        size = os.path.getsize(path)
        exact = setting.reader("Descent, Double", path, "--double")
        runners = [setting.reader("Descent", path), exact]
        runners += [setting.peer(who, "reading", peer, [path, path])
                    for who, peer in (("pandas, C engine", "pandas"), ("pyarrow", "pyarrow"))]

        def note(runner):
            speed = f"{size / runner.seconds / 1e6:.0f} MB/s"
            peak = f"peak {runner.answers[-1]['peak_bytes'] / 1e6:.0f} MB"
            if runner is exact:
                same = runners[-1].answers and runner.answers[-1]["bits"] == runners[-1].answers[-1]["bits"]
                if not same:
                    setting.failures.append("the numbers read are not pyarrow's, bit for bit")
                return f"{speed}, {peak}, bits {'equal' if same else 'DIFFER from'} pyarrow's"
            return f"{speed}, {peak}"

        yield from compared(setting, f"read CSV, {name}, 60000×784, {size / 1e6:.0f} MB", runners, 1e-7, note)


def people(setting):
    """A table of people, from its file to how good the model is on rows that were held out."""
    files = census.table(setting.folder)
    work = "read, train, evaluate: 50000 people, 5 numbers, 9 categories"
    yield from compared(setting, f"{work}, libraries", [
        setting.people("Descent", files), setting.peer("pandas, scikit-learn", "census", "scikit_learn", files)], 2e-3)
    yield from compared(setting, f"{work}, whole commands", [
        setting.peer("descent train --test", "census", "descent_command", files),
        setting.peer("a script of pandas, scikit-learn", "census", "python_command", files)], 2e-3)


def poisson(setting):
    """A model of counts with weights and exposures."""
    files = counts.files(setting.folder)
    runners = [setting.peer(name, "poisson", peer, files)
               for name, peer in (("Descent", "descent"), ("glum", "glum"),
                                  ("scikit-learn newton-cholesky", "newton_cholesky"), ("scikit-learn lbfgs", "lbfgs"))]

    def note(runner):
        answer = runner.answers[-1]
        return f"{answer['solver']}, gap {answer['gap']:.1e}" if "gap" in answer else ""

    yield from compared(setting, "Poisson, 600000×50, weights and exposure, l2 1e-3", runners, 1e-4, note, rounds=3)


def quantile(setting):
    """Quantiles of rows; scikit-learn's linear programme is held to few of them, of more it does not end."""
    for rows, columns, most in ((2000, 20, 3), (100000, 100, 2), (1000000, 20, 2)):
        files = quantiles.files(setting.folder, rows, columns)
        peers = (("Descent", "descent"), ("statsmodels", "statsmodels"), ("scikit-learn", "scikit_learn"))[:most]
        runners = [setting.peer(name, "quantile", peer, files) for name, peer in peers]

        def note(runner):
            answer = runner.answers[-1]
            return f"gap {answer['gap']:.1e}, {answer['peak_bytes'] / 1e6:.0f} MB" if "gap" in answer else ""

        yield from compared(setting, f"quantile 0.9, {rows}×{columns}, certified 1e-3", runners, 1e-3, note, rounds=3)


TASKS = {"gradient": gradient, "epoch": epoch, "scoring": scoring, "network": network, "csv": csv, "people": people,
         "ridge": ridge, "softmax": softmax, "hinge": hinge,
         "sparse": sparse, "one_score": one_score, "texts": texts, "pictures": pictures, "elastic": elastic, "sparsity": sparsity,
         "paths": paths, "tall": tall, "poisson": poisson, "quantile": quantile}
