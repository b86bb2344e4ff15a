// state.cpp - see state.h.
#include "start/state.h"

namespace gordian::rt {

constinit State g_state;
constinit ModePage g_mode_page;

}  // namespace gordian::rt
