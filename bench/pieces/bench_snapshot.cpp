// bench_snapshot.cpp - a snapshot on its way from the runtime to the tool: written, and mapped or read.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "checked_heap.h"
#include "commands/scratch_directory.h"
#include "sizes.h"
#include "snapshot/snapshot.h"
#include "snapshot/snapshot_writer.h"

namespace {

using namespace gordian::bench;
using gordian::test::MemoryFile;

// A leak, recorded unless memory ran out.
struct Leak {
  explicit Leak(std::int64_t objects)
      : heap(static_cast<std::size_t>(objects), Kept::by_nobody), recorded(run_all(check)) {}

  bool write(const std::filesystem::path& file) { return recorded && write_recording(check, file) == 0; }

  CheckedHeap heap;
  Check check;
  bool recorded;
};

// Whether the file has all of the leak, and the frames of who made it.
bool holds(const gordian::Snapshot& snapshot, const Leak& leak) {
  const std::size_t objects = leak.heap.objects();
  return snapshot.objects.size() == objects && snapshot.slots.size() == objects &&
         snapshot.blocks.size() == 2 * objects && snapshot.vtables.size() > 1 &&
         !snapshot.stack(snapshot.objects[objects - 1].stack).empty();
}

void finish(benchmark::State& state, const std::filesystem::path& file) {
  state.SetItemsProcessed(state.range(0) * state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(std::filesystem::file_size(file)) * state.iterations());
  state.SetComplexityN(state.range(0));
}

void write_to_memory(benchmark::State& state) {
  Leak leak(state.range(0));
  const MemoryFile file({});
  for (auto _ : state) {
    if (!leak.write(file.path())) {
      state.SkipWithError("the snapshot was not written");
      return;
    }
  }
  if (!holds(gordian::read_snapshot(file.path()), leak))
    return state.SkipWithError("the snapshot lacks objects");
  finish(state, file.path());
}
BENCHMARK(write_to_memory)->Apply(by_objects);

void read(benchmark::State& state, const std::filesystem::path& file, const Leak& leak) {
  for (auto _ : state) {
    const gordian::Snapshot snapshot = gordian::read_snapshot(file);
    if (!holds(snapshot, leak)) {
      state.SkipWithError("the snapshot lacks objects");
      return;
    }
  }
  finish(state, file);
}

void read_sealed_memory(benchmark::State& state) {
  Leak leak(state.range(0));
  MemoryFile file({});
  if (!leak.write(file.path())) return state.SkipWithError("the snapshot was not written");
  file.seal();
  read(state, file.path(), leak);
}
BENCHMARK(read_sealed_memory)->Apply(by_objects);

void read_file(benchmark::State& state) {
  Leak leak(state.range(0));
  const gordian::test::ScratchDirectory folder;
  const std::filesystem::path file = folder.file("leak.gsnap");
  if (!leak.write(file)) return state.SkipWithError("the snapshot was not written");
  read(state, file, leak);
}
BENCHMARK(read_file)->Apply(by_objects);

}  // namespace
