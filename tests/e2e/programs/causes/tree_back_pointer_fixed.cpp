// tree_back_pointer_fixed.cpp - an entry only knows its directory.
// gordian: silent
// gordian: prints 7 entries, 5150 bytes
#define FIXED
#include "tree_back_pointer.cpp"
