"""Does the tasks of the algebra benchmark by NumPy: reads lines of name, size and repeats, answers each with the seconds
that a run took: on one thread the processor's, else the clock's."""
import sys
import time

import numpy as np

random = np.random.default_rng(1)
TASKS = {
    "gemm": lambda a: (lambda c=np.empty_like(a): np.matmul(a, a, out=c)),
    "solve": lambda a: (lambda b=a[0].copy(): np.linalg.solve(a, b)),
    "qr": lambda a: (lambda: np.linalg.qr(a)),
    "svd": lambda a: (lambda: np.linalg.svd(a, full_matrices=False)),
    "eigen": lambda a: (lambda s=a + a.T: np.linalg.eigh(s)),
}
clock = time.thread_time if sys.argv[1] == "1" else time.perf_counter
matrices = {}
for line in sys.stdin:
    name, n, repeats = line.split()
    a = matrices.setdefault(n, random.uniform(-1, 1, (int(n), int(n))))
    run = TASKS[name](a)
    start = clock()
    for _ in range(int(repeats)):
        run()
    print((clock() - start) / int(repeats), flush=True)
