// ring_behind_base.cpp - rings through what lies behind a base class, a first member, or a list's links at the start of an object.
// gordian: options block_stacks=1
// gordian: exit 23
// gordian: says cut Linked::held
// gordian: says cut Item::strong
// gordian: says cut Leaf::strong
// gordian: cycle likely objects=2 instances=1 of=Back<Chain>,Owner<Chain> members=Back<Chain>::owner,Owner<Chain>::d
// gordian: cycle likely objects=2 instances=1 of=Back<Member>,Owner<Member> members=Back<Member>::owner,Owner<Member>::d
// gordian: cycle likely objects=2 instances=1 of=Back<Derived>,Owner<Derived> members=Back<Derived>::owner,Owner<Derived>::d
#include <memory>

#include "pimpl_ring.h"

struct Derived {
  std::weak_ptr<Back<Derived>> weak;
  void add(const std::shared_ptr<Back<Derived>>& back);
  static Derived* make();
};
struct Leaf : Derived {
  std::shared_ptr<Back<Derived>> strong;
};
Derived* Derived::make() { return new Leaf; }
void Derived::add(const std::shared_ptr<Back<Derived>>& back) {
  weak = back;
  static_cast<Leaf*>(this)->strong = back;
}

struct Member {
  std::weak_ptr<Back<Member>> weak;
  void add(const std::shared_ptr<Back<Member>>& back);
  static Member* make();
};
struct Item {
  Member first;
  std::shared_ptr<Back<Member>> strong;
};
Member* Member::make() { return &(new Item)->first; }
void Member::add(const std::shared_ptr<Back<Member>>& back) {
  weak = back;
  reinterpret_cast<Item*>(this)->strong = back;
}

// A ring of links: each starts an object of its own.
struct Chain {
  Chain* next = this;
  Chain* prev = this;
  void add(const std::shared_ptr<Back<Chain>>& back);
  static Chain* make();
};
struct Linked : Chain {
  std::shared_ptr<Back<Chain>> held;
};
Chain* Chain::make() { return new Linked; }
void Chain::add(const std::shared_ptr<Back<Chain>>& back) {
  auto* const more = new Linked;
  more->next = more->prev = this;
  next = prev = more;
  more->held = back;
}

int main() {
  leak<Derived>();
  leak<Member>();
  leak<Chain>();
}
