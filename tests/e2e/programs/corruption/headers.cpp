// headers.cpp - what the allocator keeps in front of blocks was overwritten: of a ring, of a small block, of a huge one.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=2 of=Healthy members=Healthy::self
// gordian: notes 1 block has memory that cannot be read; it counts as owned, with all that only it could hold
// gordian: unless emulated by one that has no process_vm_readv()
#include "smash.hpp"

int main() {
  leak_healthy();
  auto ring = std::make_shared<Healthy>();
  ring->self = ring;
  std::memset(control_of(ring) - 2, 0xff, 16);
  static void* volatile small = std::malloc(100);
  std::memset(static_cast<char*>(small) - 16, 0, 16);
  static void* volatile huge = std::malloc(std::size_t{1} << 31);
  std::memset(static_cast<char*>(huge) - 16, 0xff, 16);
}
