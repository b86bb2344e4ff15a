// undo_stack_fixed.cpp - a command only points at the drawing that owns it.
// gordian: silent
// gordian: prints 2 shapes, 1 to redo
// gordian: prints 1 shape, 0 to redo
#define FIXED
#include "undo_stack.cpp"
