#pragma once
#include <memory>
#include <vector>

struct Node {
  std::shared_ptr<Node> next;
};

std::shared_ptr<Node> make_plain();
std::weak_ptr<Node> observe_plain(const std::shared_ptr<Node>& node);
void drop_plain(std::shared_ptr<Node>&& node);
void clear_plain(std::vector<std::shared_ptr<Node>>& nodes);
