// shelves.h - a heap that is large enough to be scanned by several threads, and the pair that may be a ring in it.
#pragma once

#include <memory>
#include <vector>

struct Right;
struct Left {
  std::shared_ptr<Right> right;
};
struct Right {
  std::shared_ptr<Left> left;
};
struct Leaf {
  std::weak_ptr<Leaf> next;
};

// Never destroyed: what is in them is alive when the program ends.
inline auto& shelves = *new std::vector<std::vector<std::shared_ptr<Leaf>>>;

inline void add_shelf() {
  std::vector<std::shared_ptr<Leaf>> shelf;
  for (std::size_t k = 0; k < 30; ++k) {
    shelf.push_back(std::make_shared<Leaf>());
    if (k > 0) shelf[k - 1]->next = shelf[k];
  }
  shelves.push_back(shelf);
}
