// ring_array_of_named.cpp - a ring through an array in memory of the program's own, whose elements have strings that point into themselves.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Office members=Office::counters
#include <cstdlib>
#include <memory>
#include <new>
#include <string>

struct Office;
struct Counter {
  std::string name;
  std::shared_ptr<Office> office;
};
struct Office {
  Counter* counters = static_cast<Counter*>(std::malloc(3 * sizeof(Counter)));
};

int main() {
  auto office = std::make_shared<Office>();
  for (int i = 0; i < 3; ++i) {
    auto* counter = new (&office->counters[i]) Counter;
    counter->name = "counter";
    counter->office = office;
  }
}
