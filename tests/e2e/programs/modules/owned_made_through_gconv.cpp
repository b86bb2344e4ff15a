// owned_made_through_gconv.cpp - libc loads and unloads modules for character sets by itself. Two call the program from the same
// byte, one after the other; a global owns what it makes.
// gordian: options unwinder=both
// gordian: silent
// gordian: prints called from one place
#define FIXED
#include "ring_made_through_gconv.cpp"
