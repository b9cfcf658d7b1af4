"""Times Descent beside its peers, on the same data in the same run, and writes one table in Markdown."""
import argparse
import os
import sys
from pathlib import Path

from tasks import TASKS
from setting import Setting
from table import footer, heading

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--descent", required=True, help="the descent tool")
parser.add_argument("--benchmark", required=True, help="the benchmark tool")
parser.add_argument("--home", type=Path, required=True, help="the folder of environments and data")
parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
parser.add_argument("--rounds", type=int, default=7, help="turns of each peer")
parser.add_argument("--budget", type=float, default=150, help="seconds a fit, at the most")
parser.add_argument("--l1-budget", type=float, default=40, help="seconds a peer's fit with l1 or of two classes")
parser.add_argument("--only", choices=TASKS, action="append", help="this task; may be given several times")
for task in ("softmax", "hinge", "ridge"):
    parser.add_argument(f"--{task}-solver", default="auto", help="what descent train is told as --solver")
options = parser.parse_args()

setting = Setting(options)
print(heading(), flush=True)
for name in options.only or TASKS:
    for line in TASKS[name](setting):
        print(line, flush=True)
print("\n" + footer(setting), flush=True)
sys.exit(1 if setting.failures else 0)
