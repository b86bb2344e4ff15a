// handlers_in_struct_fixed.cpp - the handlers see what they belong to.
// gordian: silent
// gordian: prints opened
#define FIXED
#include "handlers_in_struct.cpp"
