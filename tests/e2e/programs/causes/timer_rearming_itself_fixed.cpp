// timer_rearming_itself_fixed.cpp - the handler sees the probe.
// gordian: silent
// gordian: prints 3 probes of db, 3 of web
#define FIXED
#include "timer_rearming_itself.cpp"
