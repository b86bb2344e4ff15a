// raw_owner_leaked_fixed.cpp - who has made the window deletes it.
// gordian: silent
// gordian: prints 2 panels of editor
#define FIXED
#include "raw_owner_leaked.cpp"
