// owned_beside_watched_deleter.cpp - a deleter that does nothing: what owns the ring is a global pointer, in front of a weak handle.
// gordian: silent
#include <memory>

struct Node {
  std::shared_ptr<Node> self;
};

struct Watched {
  Node* owner;
  std::weak_ptr<Node> weak;
};
Watched g_watched;

int main() {
  g_watched.owner = new Node;
  g_watched.owner->self = std::shared_ptr<Node>(g_watched.owner, [](Node*) {});
  g_watched.weak = g_watched.owner->self;
}
