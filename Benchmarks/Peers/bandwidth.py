"""Bytes a second that memory gives: the sum of some numbers, a part of them a thread, the fastest of some runs."""
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np


def measured(count, threads, runs=7):
    """Of so many bytes, which are written first so that each has memory of its own."""
    parts = np.array_split(np.ones(count // 8), threads)
    best = float("inf")
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(runs):
            start = time.perf_counter()
            list(pool.map(np.sum, parts))
            best = min(best, time.perf_counter() - start)
    return count / best


if __name__ == "__main__":
    print(measured(*map(int, sys.argv[1:])))
