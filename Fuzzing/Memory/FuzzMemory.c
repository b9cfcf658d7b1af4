#include "FuzzMemory.h"

#include <sanitizer/allocator_interface.h>
#include <stdatomic.h>

static atomic_size_t held, peak;

static void allocated(const volatile void *address, size_t size) {
  (void)address;
  size_t now = atomic_fetch_add(&held, size) + size;
  size_t most = atomic_load(&peak);
  while (now > most && !atomic_compare_exchange_weak(&peak, &most, now)) {
  }
}

static void freed(const volatile void *address) {
  if (address) atomic_fetch_sub(&held, __sanitizer_get_allocated_size(address));
}

void fuzz_memory_start(void) {
  // What is held before the first input must not be subtracted when it is freed: so it is counted.
  atomic_store(&held, __sanitizer_get_current_allocated_bytes());
  __sanitizer_install_malloc_and_free_hooks(allocated, freed);
}

size_t fuzz_memory_mark(void) {
  size_t now = atomic_load(&held);
  atomic_store(&peak, now);
  return now;
}

size_t fuzz_memory_peak(void) { return atomic_load(&peak); }
