// owned_ref_ptr.cpp - the same rings, each with an owner left in a place that moved, or taken apart in time; a copy of an
// object has a count of its own; and one of which a handle was relocated as bytes, unheard.
// gordian: silent
#include "ref_ptr.hpp"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <vector>

struct Leaf;
struct Tree : Counted<int> {
  std::vector<RefPtr<Leaf>> kids;
};
struct Leaf : Counted<long> {
  RefPtr<Tree> tree;
};
struct First {
  virtual ~First() = default;
  long filler[4] = {1, 2, 3, 4};
};
struct Middle : First, Counted<std::atomic<long>> {
  RefPtr<Counted<std::atomic<long>>> self;
};
struct Job : Counted<unsigned> {
  RefPtr<Job> next;
};

RefPtr<Tree> tree() {
  RefPtr<Tree> tree(new Tree);
  for (int i = 0; i < 6; ++i) {
    tree->kids.emplace_back(new Leaf);
    tree->kids.back()->tree = tree;
  }
  return tree;
}
RefPtr<Job> jobs() {
  RefPtr<Job> first(new Job), second(new Job);
  first->next = second;
  second->next = first;
  RefPtr<Job> none;
  none.swap(first);
  return none;
}
RefPtr<Middle> middle() {
  RefPtr<Middle> made(new Middle);
  made->self = RefPtr<Counted<std::atomic<long>>>(made.get());
  return made;
}
RefPtr<Job> relocated() {
  alignas(RefPtr<Job>) static char place[sizeof(RefPtr<Job>)];
  RefPtr<Job>* const made = new (std::malloc(sizeof *made)) RefPtr<Job>(jobs());
  std::memcpy(place, static_cast<void*>(made), sizeof place);
  std::free(made);
  return RefPtr<Job>();
}

// Leaked, but owned: the vector's place in static data is never destroyed.
auto* const trees = new std::vector<RefPtr<Tree>>;
auto* const owner = new RefPtr<Middle>;
RefPtr<Job>* kept;

int main() {
  for (int i = 0; i < 5; ++i) trees->push_back(tree());
  *owner = middle();
  kept = new RefPtr<Job>(jobs());
  RefPtr<Job> moved = std::move(*kept);
  *kept = std::move(moved);
  relocated();

  RefPtr<Tree> apart = tree();
  const RefPtr<Tree> copy(new Tree(*apart.get()));
  for (auto& leaf : apart->kids) leaf->tree.reset();
  std::exit(copy->kids.size() == 6 && trees->size() == 5 ? 0 : 1);
}
