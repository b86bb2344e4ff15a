// pimpl_ring.h - a ring through a raw pointer to a private part, which holds what leads back.
#pragma once

#include <memory>

template <class Private>
struct Owner;
template <class Private>
struct Back {
  std::shared_ptr<Owner<Private>> owner;
};
template <class Private>
struct Owner {
  Private* d = Private::make();
};

// Private has make(), and add(), which is given what it is to hold.
template <class Private>
void leak() {
  auto owner = std::make_shared<Owner<Private>>();
  auto back = std::make_shared<Back<Private>>();
  back->owner = owner;
  owner->d->add(back);
}
