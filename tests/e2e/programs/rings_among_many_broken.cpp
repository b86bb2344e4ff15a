// rings_among_many_broken.cpp - the twin of rings_among_many.cpp: all rings are taken apart.
// gordian: silent
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
auto& shelves = *new std::vector<std::vector<std::shared_ptr<Leaf>>>;
auto& owners = *new std::vector<std::shared_ptr<Left>>;

int main() {
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::shared_ptr<Leaf>> shelf;
    for (int k = 0; k < 30; ++k) {
      shelf.push_back(std::make_shared<Leaf>());
      if (k > 0) shelf[k - 1]->next = shelf[k];
    }
    shelves.push_back(shelf);
    auto left = std::make_shared<Left>();
    left->right = std::make_shared<Right>();
    left->right->left = left;
    // Half of them stay rings, which somebody owns.
    if (i % 2 == 0) {
      owners.push_back(left);
    } else {
      left->right->left.reset();
    }
  }
}
