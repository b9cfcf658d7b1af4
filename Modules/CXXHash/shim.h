#if !__has_include(<xxhash.h>)
#error "xxhash.h is missing: install it with 'apt-get install libxxhash-dev' (Debian, Ubuntu)"
#endif
#include <xxhash.h>
