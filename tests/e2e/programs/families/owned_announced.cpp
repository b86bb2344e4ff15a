// owned_announced.cpp - announced objects that somebody owns, that are gone, or that nobody has taken yet;
// and one whose owner is in disguise, while an optional still has the bits of a handle that has ended.
// gordian: silent
#include "announced.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>

struct Node : Announced {
  Handle<Node> next;
};

Handle<Node> ring() {
  Handle<Node> a(new Node);
  a->next = Handle<Node>(new Node);
  a->next->next = a;
  return a;
}

// A shared object and one that nobody has taken yet hold each other.
struct Floating;
struct Holder {
  Floating* raw = nullptr;
};
struct Floating : Announced {
  std::shared_ptr<Holder> holder;
};
Floating* without_handles() {
  auto* const made = new Floating;
  made->holder = std::make_shared<Holder>();
  made->holder->raw = made;
  return made;
}

// Its destructor leaves its bits behind, as optimisers make of many.
struct Bare {
  explicit Bare(Node* node) : node_(node) {
    node_->ref();
    gordian_handle_taken(&node_);
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;
  ~Bare() {
    gordian_handle_dropped(&node_);
    if (node_->unref()) delete node_;
  }
  Node* node_;
};
struct Forgetful : Node {
  std::optional<Bare> maybe;
};
std::uintptr_t disguised;
void in_disguise() {
  auto* const node = new Forgetful;
  node->ref();
  disguised = ~reinterpret_cast<std::uintptr_t>(node);
  node->maybe.emplace(node);
  node->maybe.reset();
}

auto* const owner = new Handle<Node>(ring());
Node* floating;

int main() {
  const Handle<Node> local = ring();
  ring()->next->next = Handle<Node>();
  floating = new Node;
  without_handles();
  in_disguise();
  std::exit((*owner)->next.get() != nullptr && local.get() != nullptr ? 0 : 1);
}
