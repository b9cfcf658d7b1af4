#include "include/DescentMapping.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST = 4096 };

// A slot is free where its address is 0. The handler reads slots while others are taken and released, so all that
// it looks at is atomic, and the address is what is published last and taken back first.
typedef struct {
  _Atomic(uintptr_t) address;
  _Atomic(size_t) length;
  atomic_bool is_lost;
} Slot;

static Slot slots[MOST];
static int watched;
static bool is_installed;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction previous;

static void pass_on(int number, siginfo_t *info, void *context) {
  if (previous.sa_flags & SA_SIGINFO && previous.sa_sigaction) {
    previous.sa_sigaction(number, info, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(number);
  } else {
    // The instruction runs again on return, and ends the process as it would have without us.
    signal(number, SIG_DFL);
  }
}

// mmap is no more than a system call here: safe in a handler, though POSIX does not promise it.
static void handle(int number, siginfo_t *info, void *context) {
  int error = errno;
  uintptr_t fault = (uintptr_t)info->si_addr;
  for (int i = 0; i < MOST; i++) {
    uintptr_t start = atomic_load(&slots[i].address);
    size_t length = atomic_load(&slots[i].length);
    if (start == 0 || fault < start || fault - start >= length) continue;
    // What lies behind a file's new end is lost with this page; page by page would take millions of signals.
    uintptr_t page = fault & ~((uintptr_t)sysconf(_SC_PAGESIZE) - 1);
    void *zeros = mmap((void *)page, length - (page - start), PROT_READ,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
    if (zeros == MAP_FAILED) break;
    atomic_store(&slots[i].is_lost, true);
    errno = error;
    return;
  }
  pass_on(number, info, context);
  errno = error;
}

static bool install(void) {
  if (is_installed) return true;
  struct sigaction action = {0};
  action.sa_sigaction = handle;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  is_installed = sigaction(SIGBUS, &action, &previous) == 0;
  return is_installed;
}

// Whoever put a handler on top of ours keeps it: ours cannot be taken away from below, and stays.
static void uninstall(void) {
  struct sigaction current;
  if (sigaction(SIGBUS, NULL, &current) == 0 && current.sa_flags & SA_SIGINFO && current.sa_sigaction == handle)
    is_installed = sigaction(SIGBUS, &previous, NULL) != 0;
}

int descent_mapping_watch(const void *address, size_t length) {
  pthread_mutex_lock(&lock);
  int number = 0;
  while (number < MOST && atomic_load(&slots[number].address) != 0) number++;
  if (number == MOST || (watched == 0 && !install())) {
    number = -1;
  } else {
    watched++;
    atomic_store(&slots[number].length, length);
    atomic_store(&slots[number].is_lost, false);
    atomic_store(&slots[number].address, (uintptr_t)address);
  }
  pthread_mutex_unlock(&lock);
  return number;
}

bool descent_mapping_is_lost(int number) { return atomic_load(&slots[number].is_lost); }

void descent_mapping_release(int number) {
  pthread_mutex_lock(&lock);
  atomic_store(&slots[number].address, 0);
  if (--watched == 0) uninstall();
  pthread_mutex_unlock(&lock);
}
