// Times what a pass asks of the ranks: `gather NUMBERS...` has each rank send so many single-precision numbers to all others,
// and add up what comes, as a pass does with its gradients, by the calls that Descent makes (Modules/CMPI).
//
// Rank 0 prints a line for each: ranks, bytes of one rank, and the median and the least microseconds of the slowest rank.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim.h"

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **arguments) {
  int rank, size, is_shared;
  if (cmpi_start(&rank, &size, &is_shared) != MPI_SUCCESS) return 1;
  for (int i = 1; i < count; i++) {
    int numbers = atoi(arguments[i]), bytes = numbers * (int)sizeof(float);
    int *counts = malloc(size * sizeof(int)), *starts = malloc(size * sizeof(int));
    for (int r = 0; r < size; r++) counts[r] = bytes, starts[r] = r * bytes;
    float *all = calloc((size_t)size * numbers, sizeof(float)), *own = calloc(numbers, sizeof(float));
    float *sum = calloc(numbers, sizeof(float));
    // About a second each, and 10 at the least.
    int most = 2000;
    double *times = malloc(most * sizeof(double)), begin = MPI_Wtime();
    int made = 0, go = 1;
    while (go) {
      double start = MPI_Wtime();
      memcpy(all + (size_t)rank * numbers, own, bytes);
      if (cmpi_gather(all, counts, starts) != MPI_SUCCESS) return 1;
      memcpy(sum, all, bytes);
      for (int r = 1; r < size; r++)
        for (int j = 0; j < numbers; j++) sum[j] += all[(size_t)r * numbers + j];
      double time = MPI_Wtime() - start;
      MPI_Allreduce(&time, times + made, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
      made++;
      go = made < 10 || (made < most && MPI_Wtime() - begin < 1);
      MPI_Bcast(&go, 1, MPI_INT, 0, MPI_COMM_WORLD);
    }
    qsort(times, made, sizeof(double), by_size);
    if (rank == 0) printf("%d %d %.1f %.1f\n", size, bytes, 1e6 * times[made / 2], 1e6 * times[0]);
  }
  return cmpi_end();
}
