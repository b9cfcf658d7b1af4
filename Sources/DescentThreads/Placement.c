#define _GNU_SOURCE
#include "DescentThreads.h"

#if defined(__linux__)
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

_Static_assert(sizeof(cpu_set_t) == sizeof(((descent_placement *)0)->allowed), "room for a cpu_set_t");

void descent_placement_begin(descent_placement *placement) {
  placement->thread = (int)syscall(SYS_gettid);
  placement->is_narrowed = false;
}

void descent_placement_avoid_this_core(descent_placement *placement) {
  int here = sched_getcpu();
  cpu_set_t cores;
  // The list is asked for each time: somebody may have changed it meanwhile.
  if (here < 0 || sched_getaffinity(placement->thread, sizeof cores, &cores) != 0) return;
  if (!CPU_ISSET(here, &cores) || CPU_COUNT(&cores) < 2) return;
  memcpy(placement->allowed, &cores, sizeof cores);
  CPU_CLR(here, &cores);
  placement->is_narrowed = sched_setaffinity(placement->thread, sizeof cores, &cores) == 0;
}

void descent_placement_restore(descent_placement *placement) {
  if (!placement->is_narrowed) return;
  placement->is_narrowed = false;
  cpu_set_t cores;
  memcpy(&cores, placement->allowed, sizeof cores);
  sched_setaffinity(0, sizeof cores, &cores);
}
#else
void descent_placement_begin(descent_placement *placement) { (void)placement; }
void descent_placement_avoid_this_core(descent_placement *placement) { (void)placement; }
void descent_placement_restore(descent_placement *placement) { (void)placement; }
#endif
