// bench_scan.cpp - what a check costs the program that it stops: the runtime's scan, whole and by stages.
//
// A small heap after a large one, in one process, is dearer to list than a first one: the live table is
// walked as far as it was ever used. --benchmark_filter runs one size alone.
#include <benchmark/benchmark.h>

#include <memory>

#include "checked_heap.h"
#include "sizes.h"

namespace {

using namespace gordian::bench;

// What the stage must have found of the heap.
bool is_right(const Check& check, Stage stage, const CheckedHeap& heap, Kept kept) {
  const std::size_t leaked = kept == Kept::by_nobody ? heap.objects() : 0;
  switch (stage) {
    case Stage::list_blocks:
      return check.heap.blocks().size() == 2 * heap.objects();
    case Stage::find_objects:
      return check.objects.size() == heap.objects();
    case Stage::collect_roots:
      return !check.roots.ranges().empty();
    case Stage::count_words:
      return counted_words(check) == heap.handles();
    case Stage::flood:
      return owned_objects(check) == heap.objects() - leaked;
    case Stage::record:
      return check.recording.objects.size() == leaked && check.recording.slots.size() == leaked &&
             check.recording.blocks.size() == 2 * leaked;
  }
  return false;
}

// Runs `from` to `to` on a fresh check, in which what comes before has been done.
void scan(benchmark::State& state, Stage from, Stage to, Kept kept, bool helpers = false) {
  const CheckedHeap heap(static_cast<std::size_t>(state.range(0)), kept);
  for (auto _ : state) {
    state.PauseTiming();
    auto check = std::make_unique<Check>();
    check->helpers = helpers;
    bool done = run_until(*check, from);
    state.ResumeTiming();
    for (int stage = static_cast<int>(from); done && stage <= static_cast<int>(to); ++stage) {
      done = run_stage(*check, static_cast<Stage>(stage));
    }
    state.PauseTiming();
    if (!done || !is_right(*check, to, heap, kept)) {
      state.SkipWithError("the scan found something else than there is");
      break;
    }
    check.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.range(0) * state.iterations());
  state.SetComplexityN(state.range(0));
}

// All of it: nothing is left to be told, or everything is.
BENCHMARK_CAPTURE(scan, all_owned, Stage::list_blocks, Stage::record, Kept::by_a_root)->Apply(by_objects);
BENCHMARK_CAPTURE(scan, all_leaked, Stage::list_blocks, Stage::record, Kept::by_nobody)->Apply(by_objects);

// On as many processors as there are, as a check does it. Small heaps are not shared out.
BENCHMARK_CAPTURE(scan, helped_owned, Stage::list_blocks, Stage::record, Kept::by_a_root, true)
    ->Apply(by_objects)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(scan, helped_leaked, Stage::list_blocks, Stage::record, Kept::by_nobody, true)
    ->Apply(by_objects)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

BENCHMARK_CAPTURE(scan, find_objects, Stage::find_objects, Stage::find_objects, Kept::by_a_root)
    ->Apply(by_objects);
BENCHMARK_CAPTURE(scan, collect_roots, Stage::collect_roots, Stage::collect_roots, Kept::by_a_root)
    ->Arg(100'000)
    ->Iterations(20)  // each takes an untimed scan of the heap before it
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(scan, count_words, Stage::count_words, Stage::count_words, Kept::by_a_root)
    ->Apply(by_objects);
BENCHMARK_CAPTURE(scan, flood_owned, Stage::flood, Stage::flood, Kept::by_a_root)->Apply(by_objects);
BENCHMARK_CAPTURE(scan, record_leaked, Stage::record, Stage::record, Kept::by_nobody)->Apply(by_objects);

}  // namespace
