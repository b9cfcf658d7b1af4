#if !__has_include(<zlib.h>)
#error "zlib.h is missing: install it with 'apt-get install zlib1g-dev' (Debian, Ubuntu)"
#endif
#include <zlib.h>
