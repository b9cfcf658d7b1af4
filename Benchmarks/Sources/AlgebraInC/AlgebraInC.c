#include "AlgebraInC.h"
#include <cblas.h>
#include <lapacke.h>
#include <stdatomic.h>
#include <string.h>

void c_gemm(int n, const double *a, const double *b, double *c) {
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, 0, c, n);
}

int c_solve(int n, int k, double *a, int *pivots, double *b) {
  return LAPACKE_dgesv(LAPACK_ROW_MAJOR, n, k, a, n, pivots, b, k);
}

int c_qr(int n, double *a, double *r, double *tau) {
  int info = LAPACKE_dgeqrf(LAPACK_ROW_MAJOR, n, n, a, n, tau);
  memset(r, 0, sizeof(double) * n * n);
  for (int i = 0; i < n; i++) memcpy(r + i * n + i, a + i * n + i, sizeof(double) * (n - i));
  return info ? info : LAPACKE_dorgqr(LAPACK_ROW_MAJOR, n, n, n, a, n, tau);
}

int c_svd(int n, double *a, double *s, double *u, double *vt) {
  return LAPACKE_dgesdd(LAPACK_ROW_MAJOR, 'S', n, n, a, n, s, u, n, vt, n);
}

int c_eigen(int n, double *a, double *w) { return LAPACKE_dsyevd(LAPACK_ROW_MAJOR, 'V', 'U', n, a, n, w); }

// The program's own malloc, which counts: glibc's stands behind it.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
static atomic_size_t allocations;

size_t c_allocations(void) { return atomic_load(&allocations); }

void *malloc(size_t size) {
  atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
  return __libc_calloc(count, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
  *block = __libc_memalign(alignment, size);
  return *block ? 0 : 12;
}
