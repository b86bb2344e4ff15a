// captures.cpp - allocations under every kind of frame: the two ways to capture a stack agree on each.
// gordian: options unwinder=both:block_stacks=1
// gordian: prints done
// gordian: silent
#include <alloca.h>
#include <dlfcn.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

// Allocates, on a stack that goes through the caller.
__attribute__((noinline)) void allocate() {
  auto owned = std::make_shared<std::string>("a text that is too long for a short string");
  const std::weak_ptr<std::string> seen = owned;
  if (seen.expired()) abort();
}

__attribute__((noinline)) void with_array(std::size_t size) {
  auto* array = static_cast<char*>(alloca(size));
  memset(array, 1, size);
  allocate();
  asm volatile("" : : "r"(array) : "memory");
}

__attribute__((noinline)) void with_alignment(int depth) {
  alignas(128) volatile char aligned[256];
  aligned[0] = 1;
  allocate();
  if (depth > 0) with_alignment(depth - 1);
  aligned[1] = aligned[0];
}

__attribute__((noinline)) void with_large_frame() {
  volatile char large[300000];
  large[0] = 1;
  allocate();
  large[1] = large[0];
}

__attribute__((noinline)) int recurse(int depth) {
  if (depth % 50 == 0) allocate();
  return depth == 0 ? 0 : recurse(depth - 1) + 1;
}

struct Throws {
  ~Throws() { allocate(); }
};
__attribute__((noinline)) void throw_through() {
  const Throws on_the_way;
  throw std::runtime_error("a reason that is too long for a short string");
}
void exceptions() {
  try {
    throw_through();
  } catch (const std::exception& e) {
    allocate();
    try {
      throw;
    } catch (...) {
      allocate();
    }
  }
}

[[noreturn]] __attribute__((noinline)) void never_returns(jmp_buf& back) {
  allocate();
  longjmp(back, 1);
}
void jumps() {
  jmp_buf back;
  if (setjmp(back) == 0) never_returns(back);  // the call may be the last of its function
  allocate();
}

ucontext_t g_main, g_fibre;
void fibre() {
  allocate();
  swapcontext(&g_fibre, &g_main);
  recurse(100);
}
void fibres() {
  static char room[262144];
  getcontext(&g_fibre);
  g_fibre.uc_stack.ss_sp = room;
  g_fibre.uc_stack.ss_size = sizeof room;
  g_fibre.uc_link = &g_main;
  makecontext(&g_fibre, fibre, 0);
  swapcontext(&g_main, &g_fibre);
  allocate();
  swapcontext(&g_main, &g_fibre);
}

int compare(const void* a, const void* b) {
  allocate();
  return *static_cast<const int*>(a) - *static_cast<const int*>(b);
}
void through_libraries() {
  int numbers[] = {3, 1, 2};
  qsort(numbers, 3, sizeof numbers[0], compare);
  std::sort(std::begin(numbers), std::end(numbers), [](int a, int b) { return compare(&a, &b) < 0; });
  const std::function<void()> called = [] { allocate(); };
  called();
  for (int i = 0; i < 20; ++i) {
    void* library = dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
    void* other = dlopen("libutil.so.1", RTLD_NOW | RTLD_LOCAL);
    allocate();
    if (other != nullptr) dlclose(other);
    if (library != nullptr) dlclose(library);
    allocate();
  }
}

void all() {
  with_array(100);
  with_array(10000);
  with_alignment(3);
  with_large_frame();
  recurse(600);
  exceptions();
  jumps();
  through_libraries();
}

int main() {
  all();
  fibres();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back(all);
  for (auto& thread : threads) thread.join();
  std::async(std::launch::async, all).get();
  std::printf("done\n");
}
