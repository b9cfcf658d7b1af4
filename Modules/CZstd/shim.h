#if !__has_include(<zstd.h>)
#error "zstd.h is missing: install it with 'apt-get install libzstd-dev' (Debian, Ubuntu)"
#endif
#include <zstd.h>
#include <zstd_errors.h>
