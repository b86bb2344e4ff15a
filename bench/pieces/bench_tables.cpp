// bench_tables.cpp - the runtime's own pieces: live table, stack depot, frame rules, index of the heap.
#include <benchmark/benchmark.h>

#include <numeric>
#include <random>
#include <vector>

#include "capture/eh_frame.h"
#include "scan/heap.h"
#include "tables/live.h"

namespace {

using namespace gordian::rt;

constexpr Address kBase = 0x600000000000;

// Blocks of 48 bytes, one after the other.
void enter_blocks(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) add_block(kBase + 48 * i, 40, StackId::none);
}
void remove_blocks(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) remove_block(kBase + 48 * i);
}

void table_add_and_remove(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::size_t i = 0;
  for (auto _ : state) {
    add_block(kBase + 48 * i, 40, StackId::none);
    remove_block(kBase + 48 * ((i + count / 2) % count));
    i = (i + 1) % count;
  }
  remove_blocks(count);
}
BENCHMARK(table_add_and_remove)->Arg(1'000)->Arg(1'000'000);

void depot_known_stack(benchmark::State& state) {
  std::vector<std::uint64_t> frames(static_cast<std::size_t>(state.range(0)));
  std::iota(frames.begin(), frames.end(), 0x400000);
  for (auto _ : state)
    benchmark::DoNotOptimize(put_stack({frames.data(), static_cast<std::uint32_t>(frames.size())}));
}
BENCHMARK(depot_known_stack)->Arg(5)->Arg(20)->Arg(60);

void depot_new_stack(benchmark::State& state) {
  std::vector<std::uint64_t> frames(20, 0x400000);
  static std::uint64_t next = 0x500000;  // every stack of the process once
  for (auto _ : state) {
    frames[0] = ++next;
    benchmark::DoNotOptimize(put_stack({frames.data(), 20}));
  }
}
BENCHMARK(depot_new_stack)->Iterations(100'000);

void frame_rule_from_the_tables(benchmark::State& state) {
  const auto code = reinterpret_cast<Address>(&std::rand);
  Address at = 0;
  for (auto _ : state) {
    FrameRule rule;
    benchmark::DoNotOptimize(find_frame_rule(code + at, rule));
    at = (at + 61) % 65536;
  }
}
BENCHMARK(frame_rule_from_the_tables);

void heap_build(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  enter_blocks(count);
  for (auto _ : state) {
    Heap heap;
    benchmark::DoNotOptimize(heap.build());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(count) * state.iterations());
  remove_blocks(count);
}
BENCHMARK(heap_build)->Arg(100'000)->Arg(1'000'000);

void heap_find(benchmark::State& state) {
  constexpr std::size_t kCount = 1'000'000;
  enter_blocks(kCount);
  Heap heap;
  if (!heap.build()) state.SkipWithError("no memory");
  std::minstd_rand random(1);
  std::vector<Address> words(4096);
  for (Address& word : words) word = kBase + random() % (48 * kCount);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(heap.find(words[i++ % words.size()]));
  remove_blocks(kCount);
}
BENCHMARK(heap_find);

}  // namespace
