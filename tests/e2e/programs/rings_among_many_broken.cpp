// rings_among_many_broken.cpp - the twin of rings_among_many.cpp: half of the rings are taken apart, and somebody owns the others.
// gordian: silent
#include "shelves/shelves.h"

auto& owners = *new std::vector<std::shared_ptr<Left>>;

int main() {
  for (int i = 0; i < 3000; ++i) {
    add_shelf();
    auto left = std::make_shared<Left>();
    left->right = std::make_shared<Right>();
    left->right->left = left;
    if (i % 2 == 0) {
      owners.push_back(left);
    } else {
      left->right->left.reset();
    }
  }
}
