// ring_variant_reused.cpp - a variant's handle lies where an announced handle has ended, in a block that was freed since.
// gordian: exit 23
// gordian: cycle likely objects=1 instances=1 of=Node
#include <gordian/gordian.h>

#include <memory>
#include <variant>

struct Node {
  std::variant<int, std::shared_ptr<Node>> next;
};

// Of the size of a Node with its control block; the handle is where the second word of the variant's is.
struct Earlier {
  char in_front[24];
  void* handle;
  char behind[8];
};

int main() {
  auto* const earlier = new Earlier{};
  gordian_handle_taken(&earlier->handle);
  gordian_handle_dropped(&earlier->handle);
  void* volatile place = earlier;
  delete earlier;
  auto node = std::make_shared<Node>();
  if (reinterpret_cast<char*>(node.get()) - 16 != place) return 1;
  node->next = node;
}
