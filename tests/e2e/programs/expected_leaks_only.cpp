// expected_leaks_only.cpp - a program whose only leaks are expected passes; of a block that was freed nothing is said.
// gordian: cycle proved objects=1 instances=2 of=Node members=Node::self accepted=gordian_expect_leak()
// gordian: says gordian_expect_leak() because of its age; or because upstream has a fix
// gordian: says accepted: 1 finding
#include <gordian/scope.hpp>

#include <memory>

struct Node {
  std::shared_ptr<Node> self;
};

Node* leak() {
  auto node = std::make_shared<Node>();  // (made here)
  node->self = node;
  return node.get();
}

int main() {
  for (int i = 0; i < 5000; ++i) {
    auto freed = std::make_shared<Node>();
    gordian_expect_leak(freed.get(), "it is not to be told");
  }
  gordian_expect_leak(leak(), "upstream has a fix");
  GORDIAN_EXPECT_LEAKS("of its age") { leak(); };
}
