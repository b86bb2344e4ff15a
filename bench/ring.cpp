// ring.cpp - one cycle of N objects: what a report of a huge leak costs.   ring [N]
#include <cstdio>
#include <cstdlib>
#include <memory>

struct Link {
  std::shared_ptr<Link> next;
};

int main(int argc, char** argv) {
  const long count = argc > 1 ? std::atol(argv[1]) : 1000000;
  auto first = std::make_shared<Link>();
  auto last = first;
  for (long i = 1; i < count; ++i) {
    last->next = std::make_shared<Link>();
    last = last->next;
  }
  last->next = first;
  std::printf("%ld\n", count);
}
