"""R's glmnet, in a process of its own that keeps the data."""
import select
import subprocess
import tempfile
from pathlib import Path

import numpy as np

PROGRAM = Path(__file__).with_name("glmnet.R")


class Glmnet:
    def __init__(self, x, y, budget):
        self.budget, self.columns = budget, x.shape[1]
        self.folder = tempfile.TemporaryDirectory()
        self.found = Path(self.folder.name, "found")
        # R's matrices are doubles, column after column.
        x.T.astype(np.float64).tofile(f"{self.folder.name}/x")
        y.astype(np.float64).tofile(f"{self.folder.name}/y")
        self.process = subprocess.Popen(
            ["Rscript", "--vanilla", str(PROGRAM), self.folder.name, *map(str, x.shape)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.version = self.hear(None).strip()

    def hear(self, seconds):
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            self.process.kill()
            raise TimeoutError
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("glmnet: R ended without an answer")
        return line

    def fit(self, family, alpha, threshold, penalties):
        """Seconds, W [columns, classes] and b at the last of the penalties; TimeoutError past the budget."""
        return self.ask(family, alpha, threshold, penalties)

    def path(self, family, alpha, threshold, penalties):
        """The same of one output at all penalties: W [columns, penalties]."""
        return self.ask("path-" + family, alpha, threshold, penalties)

    def ask(self, family, alpha, threshold, penalties):
        self.process.stdin.write(" ".join([family, *map(repr, map(float, [alpha, threshold, *penalties]))]) + "\n")
        seconds = float(self.hear(self.budget))
        found = np.fromfile(self.found).reshape(-1, self.columns + 1).T
        return seconds, found[1:], found[0]


def path(first, last, count):
    """Penalties from the first that leaves a weight to the one that is meant: each fit starts from the one before."""
    return [last] if first <= last else list(np.geomspace(first, last, count))
