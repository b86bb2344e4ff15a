// pimpl_back_pointer_fixed.cpp - the private part points at the socket that owns it.
// gordian: silent
// gordian: prints 3 bytes, 5 bytes
#define FIXED
#include "pimpl_back_pointer.cpp"
