// owned_by_mapped_fibre.cpp - a fibre that does not run has its stack in memory from mmap(), and owns what its locals hold.
// gordian: silent
#include <sys/mman.h>
#include <ucontext.h>

#include <cstdlib>
#include <memory>

struct Node {
  std::shared_ptr<Node> other;
};

ucontext_t g_main, g_fibre;

void fibre() {
  auto node = std::make_shared<Node>();
  node->other = std::make_shared<Node>();
  node->other->other = node;
  swapcontext(&g_fibre, &g_main);
}

int main() {
  constexpr std::size_t kSize = 64 << 10;
  void* stack = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) std::abort();
  getcontext(&g_fibre);
  g_fibre.uc_stack.ss_sp = stack;
  g_fibre.uc_stack.ss_size = kSize;
  makecontext(&g_fibre, fibre, 0);
  swapcontext(&g_main, &g_fibre);
}
