// ring_beside_worker.cpp - beside a worker that blocks all signals, and moves what owns others, the one ring that is lost is found.
// gordian: unless emulated by one to which signal 33 is left: a thread that blocks all others is not paused
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Session members=Session::peer
#include "moving_pool.h"

int main() {
  start_worker();
  make_pair_of_sessions();  // (made here)
}
