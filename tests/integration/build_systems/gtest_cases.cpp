// gtest_cases.cpp - one case leaks, and its twin does not.
#include <gtest/gtest.h>

#include <memory>

struct Node {
  std::shared_ptr<Node> next;
};

TEST(Cases, gtest_fails) {
  auto node = std::make_shared<Node>();
  node->next = node;
  EXPECT_EQ(node->next, node);
}

TEST(Cases, gtest_clean) {
  auto node = std::make_shared<Node>();
  EXPECT_EQ(node->next, nullptr);
}
