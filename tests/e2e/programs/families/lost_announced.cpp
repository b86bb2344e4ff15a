// lost_announced.cpp - a handle that nobody keeps is an orphan, as a shared_ptr is; a freed one is not.
// gordian: exit 23
// gordian: options fail_on=orphans
// gordian: orphan proved instances=1 of=Lost
// gordian: says allocated in lose() at
#include "announced.hpp"

struct Lost : Announced {
  int payload[9] = {};
};
struct Freed : Announced {
  int payload[9] = {};
};

[[gnu::noinline]] void lose() {
  new Handle<Lost>(new Lost);  // (made here)
  delete new Handle<Freed>(new Freed);
}

int main() {
  lose();
}
