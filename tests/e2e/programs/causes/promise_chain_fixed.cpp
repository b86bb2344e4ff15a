// promise_chain_fixed.cpp - the way back to what is waited for is weak.
// gordian: silent
// gordian: prints 1 of 2 loaded
#define FIXED
#include "promise_chain.cpp"
