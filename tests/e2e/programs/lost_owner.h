// lost_owner.h - an owner that is lost, and what it holds by a unique_ptr, which observes it.
#pragma once

#include <memory>

template <class Observer>
struct Node {
  std::shared_ptr<Observer> observer = std::make_shared<Observer>();
  long number = 1;
};
template <class Observer>
struct Owner {
  std::unique_ptr<Node<Observer>> node = std::make_unique<Node<Observer>>();
};

// Observer has observe(), which is given the node that holds it.
template <class Observer>
void lose() {
  auto* const lost = new std::shared_ptr<Owner<Observer>>(std::make_shared<Owner<Observer>>());
  (*lost)->node->observer->observe((*lost)->node.get());
  asm volatile("" : : "r"(lost) : "memory");  // used
}
