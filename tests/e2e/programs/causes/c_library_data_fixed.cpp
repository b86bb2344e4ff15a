// c_library_data_fixed.cpp - c_library_data.cpp with a weak_ptr in the library's keeping.
// gordian: silent
// gordian: prints session 7 was called
#define FIXED
#include "c_library_data.cpp"
