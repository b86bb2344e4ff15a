// fatal_undefined.cpp - undefined behaviour ends a program: fatal_undefined main|destructor|never
//
// A ring is lost then, as in the middle of a program many objects seem to be.
#include <cstdio>
#include <cstring>
#include <memory>

struct Node {
  std::shared_ptr<Node> self;
};

const char* g_where = "";
volatile int g_large = 0x7fffffff;

__attribute__((noinline)) void lose_ring() {
  auto node = std::make_shared<Node>();
  node->self = node;
}

void overflow_in(const char* where) {
  if (std::strcmp(g_where, where) == 0) std::printf("%d\n", g_large + 1);
}

struct Late {
  ~Late() { overflow_in("destructor"); }
};

int main(int, char** argv) {
  g_where = argv[1];
  static Late late;
  lose_ring();
  overflow_in("main");
}
