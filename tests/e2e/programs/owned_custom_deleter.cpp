// owned_custom_deleter.cpp - rings with deleters of every kind, held by a leaked global and by main.
// gordian: silent
#include <cstdlib>
#include <memory>

struct Node {
  std::shared_ptr<Node> other;
};

struct Counting {
  long* count;
  void operator()(Node* object) const {
    ++*count;
    delete object;
  }
};

void destroy(Node* object) {
  delete object;
}
long destroyed = 0;
auto* const keeper = new std::shared_ptr<Node>[2];
void (*volatile leave)(int) = std::exit;

template <class Deleter>
std::shared_ptr<Node> make_ring(Deleter deleter) {
  std::shared_ptr<Node> a(new Node, deleter);
  std::shared_ptr<Node> b(new Node, deleter);
  a->other = b;
  b->other = a;
  return a;
}

int main() {
  keeper[0] = make_ring(&destroy);
  keeper[1] = make_ring([](Node* object) { delete object; });
  auto local = make_ring(Counting{&destroyed});
  leave(0);
}
