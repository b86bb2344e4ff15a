// rings_among_many.cpp - rings in a heap that is large enough to be scanned by several threads, among objects that are owned.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=3000 of=Left,Right members=Left::right,Right::left
// gordian: cycle proved objects=1 instances=1000 of=Lonely members=Lonely::self
#include "shelves/shelves.h"

struct Lonely {
  std::shared_ptr<Lonely> self;
};

int main() {
  for (int i = 0; i < 3000; ++i) {
    add_shelf();
    auto left = std::make_shared<Left>();     // (made here)
    left->right = std::make_shared<Right>();  // (made here)
    left->right->left = left;
    if (i % 3 != 0) continue;
    auto lonely = std::make_shared<Lonely>();  // (made here)
    lonely->self = lonely;
  }
}
