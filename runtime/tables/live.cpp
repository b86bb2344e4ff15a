// live.cpp - the tables themselves: zero from the start, so usable before any constructor.
#include "tables/live.h"

namespace gordian::rt {

constinit LiveTables g_live;

}  // namespace gordian::rt
