// two_shapes.cpp - two causes are two findings, the larger one first.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=2 of=Big members=Big::other
// gordian: cycle proved objects=1 instances=1 of=Small members=Small::self
#include <memory>

struct Big {
  std::shared_ptr<Big> other;
  char bytes[1000];
};

struct Small {
  std::shared_ptr<Small> self;
};

void big_ring() {
  auto a = std::make_shared<Big>();  // (made here)
  auto b = std::make_shared<Big>();  // (made here)
  a->other = b;
  b->other = a;
}

int main() {
  auto small = std::make_shared<Small>();  // (made here)
  small->self = small;
  big_ring();
  big_ring();
}
