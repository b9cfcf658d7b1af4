#if !__has_include(<sqlite3.h>)
#error "sqlite3.h is missing: install it with 'apt-get install libsqlite3-dev' (Debian, Ubuntu)"
#endif
#include <sqlite3.h>
