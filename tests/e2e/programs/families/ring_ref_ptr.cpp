// ring_ref_ptr.cpp - handles of one's own that were moved, swapped, assigned to themselves and relocated by a vector; counts
// of several types; and a handle that leads to a base class in the middle. Raw observers in globals hide nothing.
// gordian: exit 23
// gordian: proved 4
// gordian: path Tree::kids[5]
// gordian: path Swapped::other
// gordian: path Middle::self
// gordian: path Job::next
// gordian: says cut Leaf::tree: make it a plain Tree*
#include "ref_ptr.hpp"

#include <atomic>
#include <vector>

struct Leaf;
struct Tree : Counted<int> {
  std::vector<RefPtr<Leaf>> kids;
};
struct Leaf : Counted<long> {
  RefPtr<Tree> tree;
};
struct Swapped : Counted<std::atomic<unsigned>> {
  RefPtr<Swapped> other;
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

Tree* tree_observer;
First* middle_observer;
Leaf* leaf_observer;

void tree() {
  RefPtr<Tree> tree(new Tree);  // (made here)
  for (int i = 0; i < 6; ++i) {
    tree->kids.emplace_back(new Leaf);  // (made here)
    tree->kids.back()->tree = tree;
  }
  tree_observer = tree.get();
  leaf_observer = tree->kids[2].get();
}
void swapped() {
  RefPtr<Swapped> one(new Swapped), other(new Swapped);  // (made here)
  one->other = one;
  other->other = other;
  one->other.swap(other->other);
  RefPtr<Swapped>& itself = one->other;
  one->other = itself;
  one->other = std::move(itself);
}
void middle() {
  RefPtr<Middle> made(new Middle);  // (made here)
  made->self = RefPtr<Counted<std::atomic<long>>>(made.get());
  middle_observer = made.get();
}
void moved() {
  RefPtr<Job> first(new Job), second(new Job);  // (made here)
  RefPtr<Job> back(first);
  first->next = std::move(second);
  first->next->next = std::move(back);
}

int main() {
  tree();
  swapped();
  middle();
  moved();
}
