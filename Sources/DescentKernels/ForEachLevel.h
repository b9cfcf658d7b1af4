// Compiles TEMPLATE once for each element type and each level of the processor.
//
// A kernel is written once, in a header that names its functions NAME(...) and marks them KERNEL or INLINE.
// Its .c file sets TEMPLATE, includes this file, and picks a level for every call with DESCENT_CALL.
// Unlike target_clones this needs no ifunc (which crashes under the thread sanitizer), works wherever clang
// does, and lets a template see its level: the products choose their tiles by the number of registers.
//
// A level decides how instructions are contracted to FMA, so the bits may differ between processors. They
// never depend on anything else: not on the rows beside a row, not on addresses, threads or timing.

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Vectors are 64 bytes on every level: one register, two or four. Every function that takes one is inlined,
// so the calling convention that this warning is about never matters.
#pragma clang diagnostic ignored "-Wpsabi"

#define DESCENT_JOIN_(a, b, c) a##_##b##_##c
#define DESCENT_JOIN(a, b, c) DESCENT_JOIN_(a, b, c)
#define NAME(name) DESCENT_JOIN(name, ELEMENT, LEVEL)
#define KERNEL TARGET static __attribute__((unused))
// A function that stays one.
#define APART TARGET static __attribute__((noinline))
// No debug information: it would cost a fifth of the compiler's time. A profile tells the kernel's line.
#define INLINE TARGET static inline __attribute__((always_inline, nodebug, unused))

#define LEVEL base
#if defined(__aarch64__)
#define REGISTERS 32
#else
#define REGISTERS 16
#endif
#define REGISTER_BYTES 16
#define TARGET
#include "ForEachElement.h"

#if defined(__x86_64__)

#define LEVEL v3
#define REGISTERS 16
#define REGISTER_BYTES 32
#define TARGET __attribute__((target("arch=x86-64-v3")))
#include "ForEachElement.h"

#define LEVEL v4
#define REGISTERS 32
#define REGISTER_BYTES 64
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#include "ForEachElement.h"

#define DESCENT_CALL(name, Element) \
  (__builtin_cpu_supports("x86-64-v4")   ? name##_##Element##_v4 \
   : __builtin_cpu_supports("x86-64-v3") ? name##_##Element##_v3 \
                                         : name##_##Element##_base)
#else
#define DESCENT_CALL(name, Element) name##_##Element##_base
#endif
