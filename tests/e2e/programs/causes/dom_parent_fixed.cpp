// dom_parent_fixed.cpp - a node points to the document that owns it.
// gordian: silent
// gordian: prints html body p p
// gordian: prints html body
#define FIXED
#include "dom_parent.cpp"
