// ring_without_start_files.cpp - a program that begins by itself, without libc's start files and without main(), loses a ring.
// gordian: exit 23
// gordian: prints begun
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::other
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "own_start.h"

struct Node {
  std::shared_ptr<Node> other;
};

__attribute__((noinline)) static void lose_ring() {
  const auto a = std::make_shared<Node>();
  a->other = std::make_shared<Node>();
  a->other->other = a;
}

void begin(long) {
  std::puts("begun");
  lose_ring();
  std::exit(0);
}
