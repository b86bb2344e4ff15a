/* asks.c - the C API from C; the flags that bring the shim must not hurt C sources. */
#include <gordian/gordian.h>

int cycles_so_far(void) { return gordian_check(); }
