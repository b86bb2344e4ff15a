// moved_marks.cpp - a block that is watched, or accepted with a reason, is that where realloc() has moved it to, whatever was said of
// one that was there before.
// gordian: cycle likely objects=1 instances=1 of=Node members=Node::self accepted=gordian_expect_leak()
// gordian: says gordian_expect_leak() because the second is meant
#include <gordian/gordian.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>

struct Node {
  std::shared_ptr<Node> self;
};
struct Holder {
  std::shared_ptr<Node> node;
};

constexpr std::size_t kSmall = 904;  // no such block was freed before
constexpr std::size_t kLarge = 1208;  // more than a thread keeps for itself

void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::_Exit(9);
}

// The first was freed last, and libc gives its place. Behind the block is another, so that it cannot grow where it is.
void* move(void* block, std::uintptr_t place) {
  void* const moved = std::realloc(block, kLarge);
  demand(reinterpret_cast<std::uintptr_t>(moved) == place, "it is where the first was");
  return moved;
}

void watch() {
  void* const first = std::malloc(kLarge);
  const auto place = reinterpret_cast<std::uintptr_t>(first);
  void* const second = std::malloc(kSmall);
  void* volatile wall = std::malloc(kSmall);
  const int watch_of_first = gordian_watch(first);
  const int watch_of_second = gordian_watch(second);
  std::free(first);
  void* const moved = move(second, place);
  demand(gordian_watched_alive(moved, watch_of_second) == 1, "what is watched goes with its block");
  demand(gordian_watched_alive(moved, watch_of_first) == 0, "what was freed is dead");
  std::free(moved);
  std::free(wall);
}

__attribute__((noinline)) void leave() {
  void* const first = std::malloc(kLarge);
  const auto place = reinterpret_cast<std::uintptr_t>(first);
  void* const second = std::malloc(kSmall);
  void* volatile wall = std::malloc(kSmall);
  auto* const holder = new (second) Holder{std::make_shared<Node>()};
  holder->node->self = holder->node;
  gordian_expect_leak(first, "the first is meant");
  gordian_expect_leak(second, "the second is meant");
  std::free(first);
  move(second, place);
  std::free(wall);
}

int main() {
  watch();
  leave();
}
