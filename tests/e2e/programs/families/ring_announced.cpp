// ring_announced.cpp - objects and handles announced through the C API; no observer hides them.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Whole,Part members=Whole::parts,Part::whole cut=Part::whole
// gordian: cycle proved objects=1 instances=1 of=Derived members=Derived::self
// gordian: path Whole::parts[0]
// gordian: says Whole #1  32 bytes  use_count 1
// gordian: says allocated in main() at
#include "announced.hpp"

#include <vector>

struct Part;
struct Whole : Announced {
  std::vector<Handle<Part>> parts;
};
struct Part : Announced {
  Handle<Whole> whole;
  Whole* raw = nullptr;
  int number = 0;
};

struct Base {
  virtual ~Base() = default;
  long filler = 1;
};
struct Derived : Base, Announced {
  Handle<Announced> self;
};

Whole* observer;
Base* other_observer;

int main() {
  Handle<Whole> whole(new Whole);  // (made here)
  Handle<Part> part(new Part);     // (made here)
  whole->parts.push_back(part);
  part->whole = whole;
  part->raw = whole.get();
  observer = whole.get();

  Handle<Derived> derived(new Derived);  // (made here)
  derived->self = Handle<Announced>(derived.get());
  other_observer = derived.get();
}
