// graph.h - what both frameworks' tests make.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

struct Child;
struct Parent {
  std::vector<std::shared_ptr<Child>> children;
};
struct Child {
  std::shared_ptr<Parent> parent;
  std::weak_ptr<Parent> observed;
};

struct Session {
  std::shared_ptr<Session> self;
};
struct Node {
  std::shared_ptr<Node> next;
};

// Never destroyed: what it owns is owned when the program has ended, too.
inline std::vector<std::shared_ptr<Parent>>& cache() {
  static auto& all = *new std::vector<std::shared_ptr<Parent>>;
  return all;
}

inline std::shared_ptr<Parent> family(bool leaks) {
  auto parent = std::make_shared<Parent>();
  parent->children.push_back(std::make_shared<Child>());
  parent->children.back()->observed = parent;
  if (leaks) parent->children.back()->parent = parent;
  return parent;
}
inline void leak_session() {
  auto session = std::make_shared<Session>();
  session->self = session;
}
inline std::shared_ptr<Node> ring() {
  auto first = std::make_shared<Node>();
  first->next = std::make_shared<Node>();
  first->next->next = first;
  return first;
}

// Of a family that is freed, unless the environment says that the cache keeps it.
inline std::weak_ptr<Parent> dropped_family() {
  auto parent = family(false);
  if (std::getenv("KEEP_FAMILY") != nullptr) cache().push_back(parent);
  return parent;
}
