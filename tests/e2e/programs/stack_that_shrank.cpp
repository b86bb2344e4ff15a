// stack_that_shrank.cpp - a fibre's stack is unmapped, and a smaller one comes to its place: frames that were above are gone.
// gordian: options block_stacks=1
// gordian: prints done
// gordian: silent
#include <sys/mman.h>
#include <ucontext.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr std::size_t kWhole = 1 << 20;
constexpr std::size_t kRest = 64 << 10;

ucontext_t g_main;
ucontext_t g_fibre;
char* g_leaf;  // where its frame lies

__attribute__((noinline)) void leaf() {
  char here[16];
  asm volatile("" : : "r"(here) : "memory");
  g_leaf = here;
  void* block = std::malloc(40);
  asm volatile("" : : "r"(block) : "memory");
  std::free(block);
}

__attribute__((noinline)) void large_frame() {
  char room[256 * 1024];
  asm volatile("" : : "r"(room) : "memory");
  leaf();
  asm volatile("");
}

template <int Frames>
__attribute__((noinline)) void behind() {
  if constexpr (Frames == 0) {
    large_frame();
  } else {
    behind<Frames - 1>();
  }
  asm volatile("" : : "i"(Frames));  // no tail call
}

void far_from_base() { behind<6>(); }
void near_base() {
  leaf();
  asm volatile("");
}

void run(void (*fibre)(), char* low, char* high) {
  getcontext(&g_fibre);
  g_fibre.uc_stack.ss_sp = low;
  g_fibre.uc_stack.ss_size = static_cast<std::size_t>(high - low);
  g_fibre.uc_link = &g_main;
  makecontext(&g_fibre, fibre, 0);
  swapcontext(&g_main, &g_fibre);
}

}  // namespace

int main() {
  void* const pages = mmap(nullptr, kWhole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return 1;
  auto* const low = static_cast<char*>(pages);
  run(near_base, low, low + kRest);
  char* const leaf_near_base = g_leaf;
  char* high = low + kWhole - 4096;
  run(far_from_base, low, high);
  high += leaf_near_base - g_leaf;  // from now on leaf() has the same place in both
  for (int i = 0; i < 2; ++i) run(far_from_base, low, high);
  munmap(low + kRest, kWhole - kRest);
  run(near_base, low, low + kRest);
  std::printf("done\n");
}
