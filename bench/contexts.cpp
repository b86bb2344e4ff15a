// contexts.cpp - many call paths, none of them hot: 64 functions call each other sixteen deep, and each makes
// a shared object and a string.
//
//   contexts PATHS ALLOCATIONS   PATHS times sixteen different stacks
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

struct Object {
  std::uint64_t number = 0;
  std::string text;
};

using Step = std::uint64_t (*)(std::minstd_rand&, int);
Step g_steps[64];
std::vector<std::shared_ptr<Object>> g_kept(20000);
long g_allocations = 0;

template <int Number>
__attribute__((noinline)) std::uint64_t step(std::minstd_rand& path, int left) {
  volatile char room[Number * 5 % 120 + 1];  // frames of many sizes
  room[0] = static_cast<char>(left);
  auto object = std::make_shared<Object>();
  const auto number = path();
  object->text.assign(20 + number % 32, 'x');
  g_allocations += 2;
  if (number % 8 == 0) g_kept[number / 8 % g_kept.size()] = object;
  const std::uint64_t below = left > 0 ? g_steps[path() % 64](path, left - 1) : 0;
  return below + object->text.size() + static_cast<std::uint64_t>(room[0]);
}

template <int... Number>
void fill(std::integer_sequence<int, Number...>) {
  ((g_steps[Number] = step<Number>), ...);
}

}  // namespace

int main(int argc, char** argv) {
  const auto paths = static_cast<unsigned>(argc > 1 ? std::atol(argv[1]) : 100);
  const long allocations = argc > 2 ? std::atol(argv[2]) : 2000000;
  fill(std::make_integer_sequence<int, 64>());
  std::minstd_rand choose(1);
  std::uint64_t sum = 0;
  while (g_allocations < allocations) {
    std::minstd_rand path(1 + choose() % paths);
    sum += g_steps[path() % 64](path, 15);
  }
  return sum == 0;
}
