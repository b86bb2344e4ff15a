// bench_analysis.cpp - from a snapshot in memory to findings: all of the analysis, by the size and kind of the leak.
#include <benchmark/benchmark.h>

#include <string>

#include "heap_builder.h"

namespace {

using gordian::testing::HeapBuilder;
using gordian::testing::Ref;

void report(benchmark::State& state, HeapBuilder& heap, std::int64_t objects) {
  for (auto _ : state) benchmark::DoNotOptimize(heap.analyse());
  state.SetItemsProcessed(objects * state.iterations());
}

void one_ring(benchmark::State& state) {
  const auto size = static_cast<std::uint32_t>(state.range(0));
  HeapBuilder heap;
  for (std::uint32_t i = 0; i < size; ++i) heap.add_object("Node");
  for (std::uint32_t i = 0; i < size; ++i) Ref(heap, i).owns(Ref(heap, (i + 1) % size), "next");
  report(state, heap, size);
}
BENCHMARK(one_ring)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

// Pairs of objects: `shapes` different ones.
void equal_cycles(benchmark::State& state) {
  const auto cycles = static_cast<std::uint32_t>(state.range(0));
  const auto shapes = static_cast<std::uint32_t>(state.range(1));
  HeapBuilder heap;
  for (std::uint32_t i = 0; i < 2 * cycles; ++i) heap.add_object("Node" + std::to_string(i / 2 % shapes));
  for (std::uint32_t i = 0; i < 2 * cycles; ++i) Ref(heap, i).owns(Ref(heap, i ^ 1), "other");
  report(state, heap, 2 * std::int64_t{cycles});
}
BENCHMARK(equal_cycles)
    ->Args({1'000, 1})
    ->Args({100'000, 1})
    ->Args({100'000, 1'000})
    ->Unit(benchmark::kMillisecond);

}  // namespace
