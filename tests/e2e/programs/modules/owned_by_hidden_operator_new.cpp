// owned_by_hidden_operator_new.cpp - a library's own operator new, which its version script hides. What lies in its pool owns.
// gordian: silent
// gordian: prints from its pool
#define FIXED
#include "ring_by_hidden_operator_new.cpp"
