"""One table in Markdown for all tasks."""
import json
import os
import platform
import subprocess

# The environments hold packages of the same name, of which only one is timed: each is asked for its own.
PYTHON = """
import importlib.metadata as m, sys
for name in sys.argv[1:]:
    try:
        print(name, m.version(name))
    except m.PackageNotFoundError:
        pass
"""

def heading():
    return "| work | who | time | Descent is faster by | |\n|---|---|--:|--:|---|"


def row(work, who, seconds, ratio=None, note=""):
    times = "" if ratio is None else f"{digits(ratio)} ×"
    return f"| {work} | {who} | {time(seconds)} | {times} | {note} |"


def digits(value):
    """Three of them."""
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def time(seconds):
    if seconds is None:
        return "–"
    for limit, unit, factor in ((1e-6, "ns", 1e9), (1e-3, "µs", 1e6), (1, "ms", 1e3)):
        if seconds < limit:
            return f"{digits(seconds * factor)} {unit}"
    return f"{digits(seconds)} s"


def footer(setting):
    cores = len(os.sched_getaffinity(0))
    lines = [
        f"{processor()}, {cores} cores, {setting.threads} threads each unless said; "
        f"load average {' '.join(f'{load:.1f}' for load in os.getloadavg())} at the end.",
        versions(setting),
    ]
    return "\n".join(lines)


def processor():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


def versions(setting):
    """Those of the peers, as their environments say, and of OpenBLAS."""
    environments = {"numpy": ("numpy", "scipy", "scikit-learn", "scikit-learn-intelex", "torch", "onnxruntime", "mlpack",
                              "liblinear-multicore", "skglm", "snapml", "cyanure", "glum"),
                    "jax": ("jax", "pandas", "pyarrow")}
    # glmnet is R's, and so is the way to ask for it.
    tellers = {peer: [setting.python(peer), "-c", PYTHON, *names] for peer, names in environments.items()}
    tellers["glmnet"] = ["Rscript", "--vanilla", "-e", "cat('glmnet', format(packageVersion('glmnet')))"]
    found = []
    for command in tellers.values():
        try:
            output = subprocess.run(command, capture_output=True, text=True)
            found += output.stdout.splitlines() if output.returncode == 0 else []
        except OSError:
            pass
    blas = subprocess.run(["pkg-config", "--modversion", "openblas"], capture_output=True, text=True)
    return "; ".join([f"OpenBLAS {blas.stdout.strip()}", *found]) + "."
