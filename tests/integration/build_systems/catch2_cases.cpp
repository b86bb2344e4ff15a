// catch2_cases.cpp - one case leaks, and its twin does not.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#include <memory>

struct Node {
  std::shared_ptr<Node> next;
};

TEST_CASE("catch2, with a comma-fails") {
  auto node = std::make_shared<Node>();
  node->next = node;
  CHECK(node->next == node);
}

TEST_CASE("catch2, with a comma-clean") {
  auto node = std::make_shared<Node>();
  CHECK(node->next == nullptr);
}
