// bench_analysis.cpp - from a snapshot in memory to findings: all of the analysis, and grouping alone.
#include <benchmark/benchmark.h>

#include <string>
#include <unordered_set>

#include "analysis/shape.h"
#include "heap_builder.h"

namespace {

using gordian::testing::HeapBuilder;
using gordian::testing::Ref;

void report(benchmark::State& state, HeapBuilder& heap, std::int64_t objects, std::size_t shapes) {
  const gordian::Snapshot snapshot = heap.build();
  for (auto _ : state) {
    if (gordian::analyse(snapshot, heap.types()).findings.size() != shapes) {
      state.SkipWithError("not one finding for each shape");
      break;
    }
  }
  state.SetItemsProcessed(objects * state.iterations());
}

void one_ring(benchmark::State& state) {
  const auto size = static_cast<std::uint32_t>(state.range(0));
  HeapBuilder heap;
  for (std::uint32_t i = 0; i < size; ++i) heap.add_object("Node");
  for (std::uint32_t i = 0; i < size; ++i) Ref(heap, i).owns(Ref(heap, (i + 1) % size), "next");
  report(state, heap, size, 1);
}
BENCHMARK(one_ring)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

// Pairs of objects: `shapes` different ones.
void add_pairs(HeapBuilder& heap, std::uint32_t cycles, std::uint32_t shapes) {
  for (std::uint32_t i = 0; i < 2 * cycles; ++i) heap.add_object("Node" + std::to_string(i / 2 % shapes));
  for (std::uint32_t i = 0; i < 2 * cycles; ++i) Ref(heap, i).owns(Ref(heap, i ^ 1), "other");
}

void equal_cycles(benchmark::State& state) {
  HeapBuilder heap;
  add_pairs(heap, static_cast<std::uint32_t>(state.range(0)), static_cast<std::uint32_t>(state.range(1)));
  report(state, heap, 2 * state.range(0), static_cast<std::size_t>(state.range(1)));
}
BENCHMARK(equal_cycles)
    ->Args({1'000, 1})
    ->Args({100'000, 1})
    ->Args({100'000, 1'000})
    ->Args({100'000, 10'000})
    ->Unit(benchmark::kMillisecond);

// Rings of 2 to 5 objects of `shapes` classes: rings of one class are one shape, however long.
void add_rings(HeapBuilder& heap, std::uint32_t rings, std::uint32_t shapes) {
  std::uint32_t first = 0;
  for (std::uint32_t ring = 0; ring < rings; ++ring) {
    const std::uint32_t length = 2 + ring / shapes % 4;
    for (std::uint32_t i = 0; i < length; ++i) heap.add_object("Node" + std::to_string(ring % shapes));
    for (std::uint32_t i = 0; i < length; ++i) {
      Ref(heap, first + i).owns(Ref(heap, first + (i + 1) % length), "next");
    }
    first += length;
  }
}

void shapes_of_rings(benchmark::State& state) {
  HeapBuilder builder;
  add_rings(builder, static_cast<std::uint32_t>(state.range(0)), static_cast<std::uint32_t>(state.range(1)));
  const gordian::Snapshot snapshot = builder.build();
  const gordian::Heap heap(snapshot, builder.types());
  for (auto _ : state) {
    gordian::MemberPaths paths(heap);
    std::unordered_set<std::uint64_t> shapes;
    for (const gordian::Cycle& cycle : heap.cycles.cycles) {
      shapes.insert(gordian::shape_of_cycle(heap, cycle, paths));
    }
    if (shapes.size() != static_cast<std::size_t>(state.range(1))) {
      state.SkipWithError("not one shape for each class");
      break;
    }
  }
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(shapes_of_rings)
    ->ArgsProduct({{1'000, 10'000, 100'000}, {1, 1'000}})
    ->Args({100'000, 25'000})
    ->Unit(benchmark::kMillisecond);

}  // namespace
