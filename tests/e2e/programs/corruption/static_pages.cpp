// static_pages.cpp - a page of static data without access: the report says so, and rings elsewhere are found, also through what
// a vector and a unique_ptr own.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Branch members=Branch::more
// gordian: cycle proved objects=1 instances=1 of=Owner members=Owner::d
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
// gordian: notes 1 page of static data or stacks cannot be read; all that only it could hold counts as owned
// gordian: unless emulated by one that has no process_vm_readv()
#include <vector>

#include "smash.hpp"

struct Branch {
  std::vector<std::shared_ptr<Branch>> more;
};
struct Owner;
struct Private {
  std::shared_ptr<Owner> owner;
};
struct Owner {
  std::unique_ptr<Private> d = std::make_unique<Private>();
};

alignas(kPage) static char data[2 * kPage];

int main() {
  leak_healthy();
  auto branch = std::make_shared<Branch>();
  branch->more.push_back(branch);
  auto owner = std::make_shared<Owner>();
  owner->d->owner = owner;
  data[0] = 1;
  mprotect(data, kPage, PROT_NONE);
}
