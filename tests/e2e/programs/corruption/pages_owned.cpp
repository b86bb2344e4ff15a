// pages_owned.cpp - what only a page without access holds counts as owned: rings, a list's, what lies behind the page, and
// what an object there leads back to by a raw pointer.
// gordian: silent
// gordian: unless emulated by one that has no process_vm_readv()
#include <list>

#include "smash.hpp"

struct Entry;
struct Session {
  Entry* entry = nullptr;
};
struct Entry {
  std::shared_ptr<Session> session = std::make_shared<Session>();
  std::list<std::shared_ptr<Session>> sessions;
  Entry() {
    sessions.push_back(std::make_shared<Session>());
    for (const auto& s : {session, sessions.front()}) s->entry = this;
  }
};

struct Hidden {
  std::unique_ptr<std::shared_ptr<Victim>> owner;
  std::shared_ptr<Victim> handle;
  std::list<std::shared_ptr<Victim>> list;
  std::unique_ptr<Entry> entry = std::make_unique<Entry>();
};

std::shared_ptr<Victim> ring() {
  auto victim = std::make_shared<Victim>();
  victim->self = victim;
  return victim;
}

void fill(char* place) {
  auto* hidden = new (place) Hidden;
  hidden->owner = std::make_unique<std::shared_ptr<Victim>>(ring());
  hidden->handle = ring();
  for (int i = 0; i < 3; ++i) hidden->list.push_back(ring());
}

alignas(kPage) static char data[2 * kPage];

int main() {
  static char* block;
  block = three_pages();
  fill(block);
  fill(block + kPage);
  fill(block + 2 * kPage);
  mprotect(block + kPage, kPage, PROT_NONE);
  fill(data);
  mprotect(data, kPage, PROT_NONE);
}
