// fake_frames.cpp - rings that locals own, of a function that ends the program and of one that another thread waits in.
// With AddressSanitizer's detect_stack_use_after_return the locals lie in fake frames.
// gordian: silent
#include "rings_of_locals.h"

int main() {
  std::thread(wait_with_ring).detach();
  while (!waits) std::this_thread::yield();
  end_with_ring(nullptr);
}
