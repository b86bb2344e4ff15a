// bench_hooks.cpp - what the program's own calls cost with the runtime in the process, twenty frames deep.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "gordian/gordian.h"

extern "C" {
void gordian_object_born(const void* control) noexcept;
void gordian_object_died(const void* control) noexcept;
void gordian_weak_taken(const void* handle) noexcept;
void gordian_weak_dropped(const void* handle) noexcept;
}

namespace {

template <int Place>
__attribute__((noinline)) void* allocate_below(int frames) {
  void* block = frames > 0 ? allocate_below<Place>(frames - 1) : std::malloc(32);
  benchmark::DoNotOptimize(block);  // no tail call
  return block;
}

template <class Body>
__attribute__((noinline)) void twenty_deep(int frames, Body&& body) {
  if (frames > 0) {
    twenty_deep(frames - 1, body);
  } else {
    body();
  }
  benchmark::ClobberMemory();
}

void malloc_and_free_from_one_place(benchmark::State& state) {
  twenty_deep(20, [&] {
    for (auto _ : state) std::free(allocate_below<0>(0));
  });
}
BENCHMARK(malloc_and_free_from_one_place);

// The innermost frames differ from the last capture's.
void malloc_and_free_from_two_places(benchmark::State& state) {
  const auto differing = static_cast<int>(state.range(0));
  twenty_deep(20 - differing, [&] {
    for (auto _ : state) {
      std::free(allocate_below<0>(differing));
      std::free(allocate_below<1>(differing));
    }
  });
  state.SetItemsProcessed(2 * state.iterations());
}
BENCHMARK(malloc_and_free_from_two_places)->Arg(2)->Arg(5)->Arg(15);

void object_born_and_died(benchmark::State& state) {
  alignas(16) static unsigned char control[48];
  twenty_deep(20, [&] {
    for (auto _ : state) {
      gordian_object_born(control);
      gordian_object_died(control);
    }
  });
}
BENCHMARK(object_born_and_died);

void weak_taken_and_dropped(benchmark::State& state) {
  alignas(16) static void* handle[2];
  twenty_deep(20, [&] {
    for (auto _ : state) {
      gordian_weak_taken(handle);
      gordian_weak_dropped(handle);
    }
  });
}
BENCHMARK(weak_taken_and_dropped);

}  // namespace
