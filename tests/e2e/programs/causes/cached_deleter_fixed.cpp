// cached_deleter_fixed.cpp - the deleter sees the pool.
// gordian: silent
// gordian: prints 1 free, 1 pinned
// gordian: prints 2 free, 1 pinned
#define FIXED
#include "cached_deleter.cpp"
