// doubly_linked_list_fixed.cpp - the way back is weak.
// gordian: silent
// gordian: prints refrain verse intro
#define FIXED
#include "doubly_linked_list.cpp"
