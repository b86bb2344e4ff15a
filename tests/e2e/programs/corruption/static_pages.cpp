// static_pages.cpp - a page of static data without access: the report says so, and a ring elsewhere is found.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
// gordian: says 1 page of static data or stacks cannot be read; all that only it could hold counts as owned
// gordian: unless emulated by one that has no process_vm_readv()
#include "smash.hpp"

alignas(kPage) static char data[2 * kPage];

int main() {
  leak_healthy();
  data[0] = 1;
  mprotect(data, kPage, PROT_NONE);
}
