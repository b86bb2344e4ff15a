// closure_environment_fixed.cpp - a function sees the scope that owns it.
// gordian: silent
// gordian: prints 120
#define FIXED
#include "closure_environment.cpp"
