// owned_behind_base.cpp - raw pointers to base classes without virtual functions, or to first members, of objects that are twice
// as large: what lies behind is no second one, and no cycles.
// gordian: silent
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

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

// What the second half leads to is not what the first half would say.
struct Parts {
  struct Strong {
    std::shared_ptr<Back<Parts>> it;
  };
  struct Weak {
    std::weak_ptr<Back<Parts>> it;
  };
  struct First {
    std::unique_ptr<Strong> strong;
  };
  struct Both : First {
    std::unique_ptr<Weak> weak = std::make_unique<Weak>();
  };
  First* both = new Both;
  void see(const std::shared_ptr<Back<Parts>>& back) { static_cast<Both*>(both)->weak->it = back; }
};
struct Vectors {
  struct Slot {
    std::vector<std::shared_ptr<Back<Vectors>>> next;
    std::vector<std::weak_ptr<Back<Vectors>>> weak;
  };
  void* slot = new (std::malloc(sizeof(Slot))) Slot;
  std::vector<std::shared_ptr<Back<Vectors>>>* first = &static_cast<Slot*>(slot)->next;
  void see(const std::shared_ptr<Back<Vectors>>& back) { static_cast<Slot*>(slot)->weak.push_back(back); }
};
// The next constructor behind the allocation is another class's.
struct Beside {
  struct Counted : Base<Beside> {
    long number;
  };
  struct Watch : Counted {
    std::weak_ptr<Back<Beside>> weak;
  };
  struct Hold : Counted {
    std::shared_ptr<Back<Beside>> more;
    Hold() { number = 1; }
  };
  Counted* root = new Watch{{{nullptr}, 1}, {}};
  Counted* other = new Hold;
  void see(const std::shared_ptr<Back<Beside>>& back) { static_cast<Watch*>(root)->weak = back; }
};

App<Derived>* derived = new App<Derived>;
App<Member>* members = new App<Member>;
App<Raw>* raw = new App<Raw>;
App<Parts>* parts = new App<Parts>;
App<Vectors>* vectors = new App<Vectors>;
App<Beside>* beside = new App<Beside>;

int main() {}
