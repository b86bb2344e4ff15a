// handler_of_connection_fixed.cpp - the handler sees the session.
// gordian: silent
// gordian: prints 2 sessions, 3 lines
#define FIXED
#include "handler_of_connection.cpp"
