// ring_watched_deleter.cpp - a ring with deleters of its own, and weak handles in globals: no plain pointer that may own.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::other
#include <array>
#include <memory>

struct Node {
  std::shared_ptr<Node> other;
};

std::array<std::weak_ptr<Node>, 3> g_watched;
thread_local std::weak_ptr<Node> t_watched;

int main() {
  std::shared_ptr<Node> a(new Node, [](Node* object) { delete object; });
  std::shared_ptr<Node> b(new Node, [](Node* object) { delete object; });
  a->other = b;
  b->other = a;
  g_watched[1] = a;
  t_watched = a;
}
