// owned_expected.cpp - a ring of such pages that a global holds, one whose link was a page before it was an error, and one whose
// link is a weak one.
// gordian: silent
#include <cstdlib>
#include <expected>
#include <memory>
#include <string>

template <template <typename> class Link>
struct Page {
  std::string text;
  std::expected<Link<Page>, int> next = std::unexpected(404);
};
template <typename T>
using Strong = std::shared_ptr<T>;
template <typename T>
using Weak = std::weak_ptr<T>;

auto* const keeper = new std::shared_ptr<Page<Strong>>;
void (*volatile leave)(int) = std::exit;

template <template <typename> class Link>
std::shared_ptr<Page<Link>> make_ring() {
  auto first = std::make_shared<Page<Link>>();
  auto second = std::make_shared<Page<Link>>();
  first->next = second;
  second->next = first;
  return first;
}

int main() {
  *keeper = make_ring<Strong>();
  make_ring<Weak>();
  auto broken = make_ring<Strong>();
  (*broken->next)->next = std::unexpected(500);
  leave(0);
}
