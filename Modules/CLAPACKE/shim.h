#if !__has_include(<lapacke.h>)
#error "lapacke.h is missing: install it with 'apt-get install liblapacke-dev' (Debian, Ubuntu)"
#endif
#include <lapacke.h>
