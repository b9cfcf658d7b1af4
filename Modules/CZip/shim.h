#if !__has_include(<zip.h>)
#error "zip.h is missing: install it with 'apt-get install libzip-dev' (Debian, Ubuntu)"
#endif
#include <zip.h>
