// fake_frames_left.cpp - fake_frames.cpp, with one more ring that a function which has returned had made.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::next
#include "rings_of_locals.h"

__attribute__((noinline)) void leave_ring() {
  std::shared_ptr<Node> node;
  std::unique_ptr<Peer> peer;
  fill(node, peer);
  peer->session = nullptr;
}

int main() {
  std::thread(wait_with_ring).detach();
  while (!waits) std::this_thread::yield();
  end_with_ring(leave_ring);
}
