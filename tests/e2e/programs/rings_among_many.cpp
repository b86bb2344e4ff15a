// rings_among_many.cpp - rings in a heap that is large enough to be scanned by several threads, among objects that are owned.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=3000 of=Left,Right members=Left::right,Right::left
// gordian: cycle proved objects=1 instances=1000 of=Lonely members=Lonely::self
#include <memory>
#include <vector>

struct Right;
struct Left {
  std::shared_ptr<Right> right;
};
struct Right {
  std::shared_ptr<Left> left;
};
struct Lonely {
  std::shared_ptr<Lonely> self;
};
struct Leaf {
  std::weak_ptr<Leaf> next;
};

// Never destroyed: what is in them is alive when the program ends.
auto& shelves = *new std::vector<std::vector<std::shared_ptr<Leaf>>>;

std::shared_ptr<Left> make_pair() {
  auto left = std::make_shared<Left>();    // (made here)
  left->right = std::make_shared<Right>();  // (made here)
  left->right->left = left;
  return left;
}

int main() {
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::shared_ptr<Leaf>> shelf;
    for (int k = 0; k < 30; ++k) {
      shelf.push_back(std::make_shared<Leaf>());
      if (k > 0) shelf[k - 1]->next = shelf[k];
    }
    shelves.push_back(shelf);
    make_pair();
    if (i % 3 != 0) continue;
    auto lonely = std::make_shared<Lonely>();  // (made here)
    lonely->self = lonely;
  }
}
