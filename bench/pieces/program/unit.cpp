// unit.cpp - the classes of one unit, GORDIAN_BENCH_UNIT: see kinds.h. Compiled once for each.
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "kinds.h"

namespace program {

struct GORDIAN_BENCH_MARK {
  int number;
};

template <int Unit, int Number>
struct Node {
  std::shared_ptr<Node> next;
  std::vector<double> samples = std::vector<double>(4);
  std::string name = "node";
  GORDIAN_BENCH_MARK mark = {Number};
};

namespace {

// Not inlined, so that each class has return addresses of its own.
template <class Object>
__attribute__((noinline)) std::shared_ptr<Object> make_node() {
  return std::make_shared<Object>();
}

template <class Object>
std::shared_ptr<void> make_ring(std::size_t length) {
  const std::shared_ptr<Object> first = make_node<Object>();
  std::shared_ptr<Object> last = first;
  for (std::size_t i = 1; i < length; ++i) {
    last->next = make_node<Object>();
    last = last->next;
  }
  last->next = first;
  return first;
}

template <class Object>
void break_ring(void* first) {
  const std::shared_ptr<Object> rest = std::move(static_cast<Object*>(first)->next);
}

template <std::size_t... Numbers>
constexpr std::array<Kind, sizeof...(Numbers)> all_kinds(std::index_sequence<Numbers...>) {
  return {
      {{&make_ring<Node<GORDIAN_BENCH_UNIT, Numbers>>, &break_ring<Node<GORDIAN_BENCH_UNIT, Numbers>>}...}};
}

constexpr auto kKinds = all_kinds(std::make_index_sequence<kKindsOfUnit>());

}  // namespace

template <>
std::span<const Kind, kKindsOfUnit> kinds_of_unit<GORDIAN_BENCH_UNIT>() {
  return kKinds;
}

}  // namespace program
