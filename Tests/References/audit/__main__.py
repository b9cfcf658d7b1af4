"""A random audit of every number that `descent train` says of a linear model. scripts/check-certificates runs it.

    python Tests/References/audit DESCENT [N] [SEED] [FIRST]

N problems from the number FIRST on, over two processes. What is said and is not true is printed with the command that
shows it, and its files are kept; then the exit code is 1.
"""
import collections
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
from audit import check  # noqa: E402


def main():
    tool = pathlib.Path(sys.argv[1]).resolve()
    count, seed, first = (int(word) for word in (sys.argv[2:] + ["1000", "0", "0"][len(sys.argv) - 2:])[:3])
    home = pathlib.Path(tempfile.gettempdir()) / f"descent-audit-{seed}"
    known = subprocess.run([tool, "train", "--help"], check=True, capture_output=True, text=True).stdout
    start, found, last = time.monotonic(), [], 0.0
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        runs = [pool.submit(check, tool, home, seed, number, known) for number in range(first, first + count)]
        for run in concurrent.futures.as_completed(runs):
            found.append(run.result())
            report(found[-1])
            if time.monotonic() - last > 5 or len(found) == count:
                last = time.monotonic()
                wrong = sum(bool(f.violations) for f in found)
                print(f"{len(found)} of {count} problems, {wrong} with violations, {last - start:.0f} s",
                      file=sys.stderr, flush=True)
    summarise(found)
    sys.exit(any(f.violations for f in found))


def report(f):
    if f.violations:
        print(f"\nVIOLATION in problem {f.number} ({f.kind}, {f.loss}):")
        print("".join(f"  {words}\n" for words in f.violations) + f"  {f.command}", flush=True)


def summarise(found):
    def row(name, some):
        print(f"{name:18}{len(some):>9}{sum(bool(f.refusal) for f in some):>9}{sum(f.has_gap for f in some):>9}"
              f"{sum(f.is_proved for f in some):>9}{sum(bool(f.violations) for f in some):>12}")

    print(f"\n{'':18}{'problems':>9}{'refused':>9}{'with gap':>9}{'proved':>9}{'violations':>12}")
    for attribute in ("loss", "kind"):
        for name in sorted({getattr(f, attribute) for f in found}):
            row(name, [f for f in found if getattr(f, attribute) == name])
    row("all", found)
    weak = sum(f.weakness > 1e-6 for f in found)
    print(f"the reference knows its own optimum to 1e-6 for all but {weak}; a proof is held to what it reached")
    refusals = collections.Counter(f.refusal.split(": ", 2)[-1][:150] for f in found if f.refusal)
    for words, times in refusals.most_common(12):
        print(f"refused {times} ×: {words}")


if __name__ == "__main__":
    main()
