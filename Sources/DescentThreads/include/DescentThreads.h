#ifndef DESCENT_THREADS_H
#define DESCENT_THREADS_H

#include <stdbool.h>
#include <stddef.h>

/// Where a thread that sleeps may wake.
///
/// Linux often queues a woken thread behind the one that wakes it, though another core is idle, and leaves it there until the
/// scheduler's next tick: up to 4 ms, in which a pool would have been done. So whoever wakes a worker first takes
/// its own core off the worker's list, and the worker, once awake, puts its old list back. Elsewhere these do nothing.
typedef struct {
  int thread;
  bool is_narrowed;
  /// Room for 1024 cores, the kernel's own cpu_set_t.
  unsigned long allowed[1024 / (8 * sizeof(unsigned long))];
} descent_placement;

/// Called by the worker, before anybody wakes it.
void descent_placement_begin(descent_placement *placement);

/// Called by who is about to wake the worker, which sleeps.
void descent_placement_avoid_this_core(descent_placement *placement);

/// Called by the worker, awake.
void descent_placement_restore(descent_placement *placement);

/// Tells the core that this is a loop that waits.
static inline void descent_spin(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#endif
}

/// Fetches the cache lines of memory that this core is about to write and others have read: a store alone asks for one after
/// the other, each a trip to the other core.
static inline void descent_fetch_to_write(const void *memory, ptrdiff_t bytes) {
  for (const char *line = memory, *end = line + bytes; line < end; line += 64) {
#if defined(__x86_64__)
    // By name: the oldest processors that are compiled for do not know it, and take it for nothing.
    __asm__ volatile("prefetchw %0" ::"m"(*line));
#else
    __builtin_prefetch(line, 1);
#endif
  }
}

#endif
