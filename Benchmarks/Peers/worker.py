"""One peer in a process of its own: each line of standard input runs its task once more, and is answered by
one line of JSON, after a first one once it is ready. The number of threads was set in the environment before this started."""
import argparse
import importlib
import json
import resource
import sys
import warnings

warnings.simplefilter("ignore")
parser = argparse.ArgumentParser()
parser.add_argument("task", help="a module beside this one")
parser.add_argument("peer", help="a function of that module")
parser.add_argument("files", nargs=2)
parser.add_argument("--factor", type=float, default=1)
parser.add_argument("--classes", type=int, default=10)
parser.add_argument("--hidden", type=int, default=0)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--goals", default="", help="a file of objectives to reach")
parser.add_argument("--budget", type=float, default=120)
parser.add_argument("--batch", type=int, default=64)
parser.add_argument("--l1", type=float, default=0)
parser.add_argument("--l2", type=float, default=0)
parser.add_argument("--goal", type=float, default=0, help="an objective")
options = parser.parse_args()

import data  # noqa: E402  (after the arguments, so that a wrong one is told at once)

module = importlib.import_module(options.task)
x, y = getattr(module, "load", data.load)(*options.files, options.factor)
run = getattr(module, options.peer)(x, y, options)
print("{}", flush=True)  # ready
for _ in sys.stdin:
    answer = run()
    answer.setdefault("peak_bytes", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    print(json.dumps(answer), flush=True)
