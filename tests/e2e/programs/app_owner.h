// app_owner.h - an app that holds both what owns and what it sees, for programs without a cycle.
#pragma once

#include <memory>

template <class Owner>
struct Back {
  std::shared_ptr<Owner> owner;
};

// Owner has see(), which is given what it is to see.
template <class Owner>
struct App {
  std::shared_ptr<Back<Owner>> back = std::make_shared<Back<Owner>>();
  App() {
    back->owner = std::make_shared<Owner>();
    back->owner->see(back);
  }
};
