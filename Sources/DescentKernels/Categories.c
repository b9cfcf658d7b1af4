#include "include/DescentKernels.h"

// From the last number to the first: none is written over before it has been read, since a column becomes one
// feature or more.
#define DEFINE(Element) \
  void descent_expand_categories_##Element(Element *buffer, const ptrdiff_t *starts, const ptrdiff_t *codes, \
      const int32_t *places, ptrdiff_t rows, ptrdiff_t columns) { \
    const ptrdiff_t features = starts[columns]; \
    for (ptrdiff_t row = rows - 1; row >= 0; row--) { \
      const Element *from = buffer + row * columns; \
      Element *to = buffer + row * features; \
      for (ptrdiff_t j = columns - 1; j >= 0; j--) { \
        const Element value = from[j]; \
        if (codes[j] < 0) { \
          to[starts[j]] = value; \
          continue; \
        } \
        for (ptrdiff_t place = starts[j]; place < starts[j + 1]; place++) to[place] = 0; \
        if (value >= 0) to[starts[j] + places[codes[j] + (ptrdiff_t)value]] = 1; \
      } \
    } \
  }

DEFINE(float)
DEFINE(double)
