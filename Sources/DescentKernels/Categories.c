#include <string.h>

#include "include/DescentKernels.h"

// From the last row to the first: none is written over before it has been read. A row that ends before the place of its
// features begins is spread over zeros; of the first few each column is moved by itself, from the last, since it becomes one
// feature or more.
#define DEFINE(Element) \
  static void spread_##Element(const Element *from, Element *to, const ptrdiff_t *starts, const ptrdiff_t *codes, \
      const int32_t *places, ptrdiff_t columns) { \
    memset(to, 0, (size_t)starts[columns] * sizeof(Element)); \
    for (ptrdiff_t j = 0; j < columns; j++) { \
      const Element value = from[j]; \
      if (codes[j] < 0) to[starts[j]] = value; \
      else if (value >= 0) to[starts[j] + places[codes[j] + (ptrdiff_t)value]] = 1; \
    } \
  } \
  static void move_##Element(const Element *from, Element *to, const ptrdiff_t *starts, const ptrdiff_t *codes, \
      const int32_t *places, ptrdiff_t columns) { \
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
  void descent_expand_categories_##Element(Element *buffer, const ptrdiff_t *starts, const ptrdiff_t *codes, \
      const int32_t *places, ptrdiff_t rows, ptrdiff_t columns) { \
    const ptrdiff_t features = starts[columns]; \
    for (ptrdiff_t row = rows - 1; row >= 0; row--) { \
      const Element *from = buffer + row * columns; \
      Element *to = buffer + row * features; \
      if (from + columns <= to) spread_##Element(from, to, starts, codes, places, columns); \
      else move_##Element(from, to, starts, codes, places, columns); \
    } \
  }

DEFINE(float)
DEFINE(double)
