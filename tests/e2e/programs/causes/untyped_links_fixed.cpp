// untyped_links_fixed.cpp - a child sees its parent.
// gordian: silent
#define FIXED
#include "untyped_links.cpp"
