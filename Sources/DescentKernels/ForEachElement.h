// Compiles TEMPLATE for float, unless WIDE_ONLY is set, and for double on the level that ForEachLevel.h has set.

#ifndef WIDE_ONLY
#define ELEMENT float
#define IS_FLOAT 1
#define INTEGER int32_t
#define UNSIGNED uint32_t
#define LANES 16
#include "Vector.h"
#include TEMPLATE
#include "Forget.h"
#endif

#define ELEMENT double
#define IS_FLOAT 0
#define INTEGER int64_t
#define UNSIGNED uint64_t
#define LANES 8
#include "Vector.h"
#include TEMPLATE
#include "Forget.h"

#undef LEVEL
#undef REGISTERS
#undef REGISTER_BYTES
#undef TARGET
