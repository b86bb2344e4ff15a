// untyped_rows_fixed.cpp - a script sees its world.
// gordian: silent
// gordian: prints 3 scripts
#define FIXED
#include "untyped_rows.cpp"
