// plain.cpp - few reference-counted allocations among many plain ones: maps of strings, one shared object for
// every thousand of their nodes.
//
//   plain ALLOCATIONS
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using Table = std::map<unsigned, std::string>;

__attribute__((noinline)) std::shared_ptr<Table> table(std::minstd_rand& random) {
  auto made = std::make_shared<Table>();
  for (int i = 0; i < 1000; ++i) (*made)[static_cast<unsigned>(random())] = std::string(10 + random() % 40, 'x');
  return made;
}

}  // namespace

int main(int argc, char** argv) {
  const long tables = (argc > 1 ? std::atol(argv[1]) : 2000000) / 1000;
  std::minstd_rand random(1);
  std::vector<std::shared_ptr<Table>> kept(32);
  for (long i = 0; i < tables; ++i) kept[static_cast<unsigned>(i) % kept.size()] = table(random);
}
