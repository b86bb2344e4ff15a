// signal_and_slot_fixed.cpp - the slot sees the view.
// gordian: silent
// gordian: prints inbox: 3 unread
#define FIXED
#include "signal_and_slot.cpp"
