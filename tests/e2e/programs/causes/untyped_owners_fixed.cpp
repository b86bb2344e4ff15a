// untyped_owners_fixed.cpp - a button sees what it is in.
// gordian: silent
#define FIXED
#include "untyped_owners.cpp"
