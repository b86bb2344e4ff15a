// owned_moved_by_worker.cpp - a worker that blocks all signals, as workers do, moves tasks between two queues: what they own is owned.
// gordian: unless emulated by one to which signal 33 is left: a thread that blocks all others is not paused
// gordian: silent
#include "moving_pool.h"

int main() { start_worker(); }
