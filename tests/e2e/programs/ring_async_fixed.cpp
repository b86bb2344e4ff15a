// ring_async_fixed.cpp - the thread sees the loader.
// gordian: silent
// gordian: prints loaded 5
#define FIXED
#include "ring_async.cpp"
