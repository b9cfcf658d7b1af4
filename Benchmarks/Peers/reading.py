"""Reading a table of numbers from a CSV file into memory. What was read is summed up after the clock has stopped."""
import resource
import time

import numpy as np


def load(path, _, factor):
    return path, None


def timed(read, matrix):
    """`read` is timed; `matrix` makes [rows, columns] of float64 of what it returns."""

    peaks = []

    def run():
        start = time.perf_counter()
        table = read()
        seconds = time.perf_counter() - start
        # Of reading alone: what the sums take comes after the first of these.
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
        numbers, total, hashed = matrix(table), 0.0, np.uint64(0)
        odd = np.arange(1, 2 * numbers.shape[1], 2, dtype=np.uint64)
        for row in numbers:
            total += row[:-1].sum()
            # The label counts, and its place in the row.
            hashed = hashed * np.uint64(31) + (np.ascontiguousarray(row).view(np.uint64) * odd).sum()
        return {"seconds": seconds, "bits": str(hashed), "peak_bytes": peaks[0],
                "result": [float(numbers.shape[0]), total, float(numbers[:, -1].sum())]}

    return run


def pandas(path, _, options):
    import pandas

    return timed(lambda: pandas.read_csv(path, engine="c"), lambda table: table.to_numpy(np.float64))


def pyarrow(path, _, options):
    import pyarrow
    from pyarrow import csv

    pyarrow.set_cpu_count(options.threads)

    def matrix(table):
        result = np.empty((table.num_rows, table.num_columns))
        for index, column in enumerate(table.columns):
            result[:, index] = column.to_numpy()
        return result

    return timed(lambda: csv.read_csv(path), matrix)
