// state.cpp - see state.h.
#include "start/state.h"

namespace gordian::rt {

constinit State g_state;

}  // namespace gordian::rt
