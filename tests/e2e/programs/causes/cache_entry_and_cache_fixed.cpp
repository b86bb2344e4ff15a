// cache_entry_and_cache_fixed.cpp - an entry sees its cache.
// gordian: silent
// gordian: prints 2 entries, 1 hit
// gordian: prints 2 entries, 1 hit
#define FIXED
#include "cache_entry_and_cache.cpp"
