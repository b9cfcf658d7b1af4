#if !__has_include(<cblas.h>)
#error "cblas.h is missing: install it with 'apt-get install libopenblas-dev' (Debian, Ubuntu)"
#endif
#include <cblas.h>

/// Stops the threads that OpenBLAS starts when it is loaded. It does the same before each fork, and starts them again if it
/// is asked for more than one. Builds of it without threads lack the function.
extern int blas_thread_shutdown_(void) __attribute__((weak));

static inline void descent_openblas_use_one_thread(void) {
  openblas_set_num_threads(1);
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
