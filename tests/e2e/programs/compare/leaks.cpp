// leaks.cpp - leaves as many cycles of two kinds as its two arguments say.
// gordian: exit 2
#include <cstdlib>
#include <memory>

struct Pair {
  std::shared_ptr<Pair> other;
};

struct Loop {
  std::shared_ptr<Loop> self;
};

static void leave_pair() {
  auto one = std::make_shared<Pair>();
  one->other = std::make_shared<Pair>();
  one->other->other = one;
}

static void leave_loop() {
  auto loop = std::make_shared<Loop>();
  loop->self = loop;
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  for (int i = 0; i < std::atoi(argv[1]); ++i) leave_pair();
  for (int i = 0; i < std::atoi(argv[2]); ++i) leave_loop();
}
