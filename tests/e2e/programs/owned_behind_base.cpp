// owned_behind_base.cpp - raw pointers to base classes without virtual functions, or to first members, of objects that are twice
// as large: what lies behind is no second one, and no cycles.
// gordian: silent
#include <cstdlib>
#include <memory>
#include <new>

#include "app_owner.h"

template <class Owner>
struct Base {
  std::shared_ptr<Back<Owner>> strong;
};
struct Derived {
  struct Leaf : Base<Derived> {
    std::weak_ptr<Back<Derived>> weak;
  };
  Base<Derived>* root = new Leaf;
  void see(const std::shared_ptr<Back<Derived>>& back) { static_cast<Leaf*>(root)->weak = back; }
};
struct Member {
  struct Item {
    Base<Member> link;
    std::weak_ptr<Back<Member>> weak;
  };
  Item* item = new Item;
  Base<Member>* root = &item->link;
  void see(const std::shared_ptr<Back<Member>>& back) {
    item->weak = back;
    item = nullptr;
  }
};
// Made by nothing that says what it is.
struct Raw {
  struct Slot {
    std::shared_ptr<Back<Raw>> next;
    std::weak_ptr<Back<Raw>> weak;
  };
  void* slot = new (std::malloc(sizeof(Slot))) Slot;
  std::shared_ptr<Back<Raw>>* first = &static_cast<Slot*>(slot)->next;
  void see(const std::shared_ptr<Back<Raw>>& back) { static_cast<Slot*>(slot)->weak = back; }
};

App<Derived>* derived = new App<Derived>;
App<Member>* members = new App<Member>;
App<Raw>* raw = new App<Raw>;

int main() {}
