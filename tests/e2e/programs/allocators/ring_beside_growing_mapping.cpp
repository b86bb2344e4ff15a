// ring_beside_growing_mapping.cpp - likewise; what nobody holds is found.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Lost members=Lost::self
// gordian: unless emulated by one that lets no mapping grow
#include "growing.hpp"

struct Lost {
  std::shared_ptr<Lost> self;
};

int main() {
  Owner* const owner = make_owner();
  new (growing() - kPage) (Owner*)(owner);
  auto lost = std::make_shared<Lost>();
  lost->self = lost;
}
