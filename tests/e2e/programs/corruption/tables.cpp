// tables.cpp - first words of control blocks and of objects that lead nowhere, or where no table of functions is.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
#include <cstdio>

#include "smash.hpp"

struct Shape {
  virtual ~Shape() = default;
  std::uint64_t size = 1;
};

static std::unique_ptr<Shape>& shapes(int i) {
  static auto* all = new std::unique_ptr<Shape>[16];
  return all[i];
}

int main() {
  leak_healthy();
  auto* const none = static_cast<char*>(mmap(nullptr, 2 * kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  munmap(none + kPage, kPage);
  const auto page = reinterpret_cast<std::uint64_t>(none);
  const auto code = reinterpret_cast<std::uint64_t>(&main) & ~std::uint64_t{7};
  const auto data = reinterpret_cast<std::uint64_t>(stdout) & ~std::uint64_t{7};
  const std::uint64_t vptr = *control_of(std::make_shared<Victim>());
  const std::uint64_t words[] = {0, 8, page, page + kPage, page + kPage - 8, 0x1122334455667788, 0xffff800000000000,
                                 ~std::uint64_t{7}, code, data, vptr + 8, vptr - 8, vptr - 16, vptr + 1, 0xdddddddddddddddd};
  int i = 0;
  for (const std::uint64_t word : words) {
    *leak_victim() = word;
    shapes(i).reset(new Shape);
    std::memcpy(static_cast<void*>(shapes(i++).get()), &word, sizeof word);
  }
}
