// state_machine_states_fixed.cpp - a state sees its machine.
// gordian: silent
// gordian: prints open, opened 2 times
// gordian: prints closed, opened 0 times
#define FIXED
#include "state_machine_states.cpp"
