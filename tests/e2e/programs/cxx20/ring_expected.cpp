// ring_expected.cpp - a page keeps what came of loading the next one: that page, which keeps the first.
// gordian: exit 23
// gordian: cycle likely objects=2 instances=1 of=Page members=Page::next cut=Page::next
// gordian: says std::weak_ptr<Page>
#include <expected>
#include <memory>
#include <string>

struct Page {
  std::string text;
  std::expected<std::shared_ptr<Page>, int> next = std::unexpected(404);
};

int main() {
  auto first = std::make_shared<Page>();   // (made here)
  auto second = std::make_shared<Page>();  // (made here)
  first->next = second;
  second->next = first;
}
