// owned_in_growing_mapping.cpp - the only pointer to an owner lies where a mapping has grown to, by being touched.
// gordian: silent
// gordian: unless emulated by one that lets no mapping grow
#include "growing.hpp"

int main() {
  Owner* const owner = make_owner();
  new (growing() - kPage) (Owner*)(owner);
}
