"""Where everything is, and how a peer's process is started."""
import os
from pathlib import Path

from runner import Runner

HERE = Path(__file__).parent
LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


class Setting:
    def __init__(self, options):
        self.options, self.threads = options, options.threads
        self.folder = options.home / "descent-data"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.failures = []

    def environment(self, threads):
        return os.environ | {name: str(threads) for name in LIMITS} | {
            "PYTHONWARNINGS": "ignore", "DESCENT": self.options.descent}

    def python(self, peer):
        """JAX wants another NumPy than the others, and so lives in an environment of its own, with what reads tables."""
        second = peer in ("jax", "pandas", "pyarrow")
        return str(self.options.home / ("venv2" if second else "venv") / "bin" / "python")

    def peer(self, name, task, peer, files, *more):
        command = [self.python(peer), str(HERE / "worker.py"), task, peer, *files, "--threads", str(self.threads),
                   "--budget", str(self.options.budget), *more]
        return Runner(name, command, self.environment(self.threads))

    def descent(self, name, task, files, *more, threads=None):
        threads = threads or self.threads
        command = [self.options.benchmark, "worker", task, *files, "--threads", str(threads), *more]
        return Runner(name, command, self.environment(threads))

    def reader(self, name, path, *more):
        """Descent as a reader of a table."""
        command = [self.options.benchmark, "read", path, "--threads", str(self.threads), *more]
        return Runner(name, command, self.environment(self.threads))

    def people(self, name, files):
        """Descent's library on a table of people."""
        command = [self.options.benchmark, "people", *files, "--threads", str(self.threads)]
        return Runner(name, command, self.environment(self.threads))
