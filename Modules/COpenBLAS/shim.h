#if !__has_include(<cblas.h>)
#error "cblas.h is missing: install it with 'apt-get install libopenblas-dev' (Debian, Ubuntu)"
#endif
#include <cblas.h>

/// What kernels the processor and the system can run: 2 for AVX-512 as Skylake has it, 1 for AVX2 with FMA, 0 for others.
static inline int descent_vector_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return 2;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
  return 0;
}
