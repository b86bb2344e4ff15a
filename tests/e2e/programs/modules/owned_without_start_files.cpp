// owned_without_start_files.cpp - a program that begins by itself, without libc's start files and without main(), owns a ring: by a global, and
// by a local of the function that it begins with.
// gordian: silent
#include <cstdlib>
#include <memory>

#include "own_start.h"

struct Node {
  std::shared_ptr<Node> other;
};

static std::shared_ptr<Node>* g_owner;

__attribute__((noinline)) static std::shared_ptr<Node> make_ring() {
  auto a = std::make_shared<Node>();
  a->other = std::make_shared<Node>();
  a->other->other = a;
  return a;
}

void begin(long) {
  g_owner = new std::shared_ptr<Node>(make_ring());
  const std::shared_ptr<Node> local = make_ring();
  std::exit(0);
}
