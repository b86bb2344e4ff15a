// ring_from_this.cpp - enable_shared_from_this: the weak reference in each object hides nothing.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Session members=Session::peer
#include <memory>

struct Session : std::enable_shared_from_this<Session> {
  std::shared_ptr<Session> peer;
  void meet(Session& other) { other.peer = shared_from_this(); }
};

int main() {
  auto a = std::make_shared<Session>();  // (made here)
  auto b = std::make_shared<Session>();  // (made here)
  a->meet(*b);
  b->meet(*a);
}
