// expected_leaks.cpp - leaks that the program expects are accepted, each for its reason; the one that it does not expect fails.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Logger,Sink members=Logger::sink,Sink::logger accepted=gordian_expect_leak()
// gordian: cycle proved objects=1 instances=1 of=Node members=Node::self
// gordian: says gordian_expect_leak() because the logger lives as long as the process
// gordian: says gordian_expect_leak() accepts 3 other instances of
// gordian: says accepted: 1 finding
#include <gordian/scope.hpp>

#include <memory>

struct Node {
  std::shared_ptr<Node> self;
};
struct Sink;
struct Logger {
  std::shared_ptr<Sink> sink;
};
struct Sink {
  std::shared_ptr<Logger> logger;
};

Node* leak() {
  auto node = std::make_shared<Node>();  // (made here)
  node->self = node;
  return node.get();
}

int main() {
  leak();
  gordian_ignore(leak());
  gordian_expect_leak(leak(), "upstream has a fix");
  gordian_expect_leak(leak(), "upstream has a fix");
  GORDIAN_EXPECT_LEAKS("the logger lives as long as the process") {
    auto logger = std::make_shared<Logger>();  // (made here)
    logger->sink = std::make_shared<Sink>();   // (made here)
    logger->sink->logger = logger;
  };
}
