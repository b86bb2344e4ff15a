// bench_resolve.cpp - what addresses mean, from debug info: frames of call stacks, types of objects.
//
// The program is the library of kinds.h: 128 classes in 8 units. Cold: by a tool that has opened nothing yet,
// as each report begins; its files are in the page cache. Otherwise one answer was asked for before.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "checked_heap.h"
#include "program/kinds.h"
#include "program/program.h"
#include "snapshot/snapshot.h"
#include "snapshot/snapshot_writer.h"

namespace {

using namespace gordian::bench;
using gordian::Program;

constexpr std::size_t kKinds = program::kUnits * program::kKindsOfUnit;

// A leak of one ring of each class, as the tool has read it.
const gordian::Snapshot& leak() {
  static const gordian::Snapshot snapshot = [] {
    const CheckedHeap heap(CheckedHeap::kRing * kKinds, Kept::by_nobody);
    Check check;
    const gordian::test::MemoryFile file({});
    if (!run_all(check) || write_recording(check, file.path()) != 0) return gordian::Snapshot();
    return gordian::read_snapshot(file.path());
  }();
  return snapshot;
}

std::unique_ptr<Program> fresh_program() {
  static const gordian::Families known;
  return std::make_unique<Program>(leak(), known);
}

bool in_library(std::uint64_t address) {
  return std::any_of(leak().modules.begin(), leak().modules.end(), [&](const gordian::Module& module) {
    return module.low <= address && address < module.high &&
           module.path.find("bench_program") != std::string::npos;
  });
}

// The distinct return addresses into the library, by address: unit by unit, that is.
std::vector<std::uint64_t> return_addresses() {
  std::vector<std::uint64_t> found(leak().frames.begin(), leak().frames.end());
  std::erase_if(found, [](std::uint64_t address) { return !in_library(address); });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// The control blocks' classes.
std::vector<std::uint32_t> control_vtables() {
  std::vector<std::uint32_t> found;
  for (const auto& object : leak().objects) found.push_back(object.vtable);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// How many frames lie at `address`, those of inlined calls too; 0 where one has no name or no line.
std::size_t named_frames(Program& program, std::uint64_t address) {
  const std::vector<gordian::Frame> frames = program.frames().frames_at(address);
  const bool whole = std::all_of(frames.begin(), frames.end(), [](const gordian::Frame& frame) {
    return frame.function && frame.file && frame.line;
  });
  return whole ? frames.size() : 0;
}

void first_frame_cold(benchmark::State& state) {
  const std::vector<std::uint64_t> addresses = return_addresses();
  if (addresses.empty()) return state.SkipWithError("no stack leads through the library");
  for (auto _ : state) {
    if (named_frames(*fresh_program(), addresses.front()) == 0) {
      state.SkipWithError("a frame is unknown");
      break;
    }
  }
}
BENCHMARK(first_frame_cold)->Unit(benchmark::kMicrosecond);

// Asks a program of its own in each iteration, which has been `warmed`, for `answers`, and lets the time of
// that count. Both take the program and say whether it answered right.
template <class Warmed, class Answers>
void ask_fresh_programs(benchmark::State& state, Warmed warmed, Answers answers) {
  for (auto _ : state) {
    state.PauseTiming();
    auto program = fresh_program();
    bool right = warmed(*program);
    state.ResumeTiming();
    right = answers(*program) && right;
    state.PauseTiming();
    program.reset();
    if (!right) {
      state.SkipWithError("debug info was not understood");
      break;
    }
    state.ResumeTiming();
  }
}

// An item is an address of a stack; `frames` are those that they stand for.
void frames(benchmark::State& state) {
  std::vector<std::uint64_t> addresses = return_addresses();
  if (addresses.size() <= static_cast<std::size_t>(state.range(0))) {
    return state.SkipWithError("too few stacks lead through the library");
  }
  const std::uint64_t last = addresses.back();
  addresses.resize(static_cast<std::size_t>(state.range(0)));
  std::size_t found = 0;
  const auto warmed = [&](Program& program) { return named_frames(program, last) != 0; };
  ask_fresh_programs(state, warmed, [&](Program& program) {
    found = 0;
    bool all = true;
    for (const std::uint64_t address : addresses) {
      const std::size_t here = named_frames(program, address);
      all = all && here != 0;
      found += here;
    }
    return all;
  });
  state.SetItemsProcessed(state.range(0) * state.iterations());
  state.counters["frames"] = static_cast<double>(found);
}
BENCHMARK(frames)->Arg(16)->Arg(128)->Arg(256)->Unit(benchmark::kMicrosecond);

bool finds_type(Program& program, std::uint32_t vtable) {
  const gordian::ControlType type = program.types().control_type(vtable);
  return program.types().name(type.managed).starts_with("program::Node<") &&
         program.types().size(type.managed) != 0;
}

void first_type_cold(benchmark::State& state) {
  const std::vector<std::uint32_t> vtables = control_vtables();
  if (vtables.size() != kKinds) return state.SkipWithError("a class is missing");
  for (auto _ : state) {
    if (!finds_type(*fresh_program(), vtables.front())) {
      state.SkipWithError("a type is unknown");
      break;
    }
  }
}
BENCHMARK(first_type_cold)->Unit(benchmark::kMicrosecond);

// From a control block's vtable to the definition of what it manages.
void types(benchmark::State& state) {
  std::vector<std::uint32_t> vtables = control_vtables();
  if (vtables.size() != kKinds) return state.SkipWithError("a class is missing");
  const std::uint32_t last = vtables.back();
  vtables.resize(static_cast<std::size_t>(state.range(0)));
  const auto warmed = [&](Program& program) { return finds_type(program, last); };
  ask_fresh_programs(state, warmed, [&](Program& program) {
    return std::all_of(vtables.begin(), vtables.end(),
                       [&](std::uint32_t v) { return finds_type(program, v); });
  });
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(types)->Arg(16)->Arg(64)->Arg(127)->Unit(benchmark::kMicrosecond);

// What each word of each class is. An item is a word.
void words_of_types(benchmark::State& state) {
  using gordian::WordKind;
  const std::vector<std::uint32_t> vtables = control_vtables();
  std::vector<gordian::TypeId> managed(vtables.size());
  std::int64_t words = 0;
  const auto warmed = [&](Program& program) {
    for (std::size_t i = 0; i < vtables.size(); ++i) {
      managed[i] = program.types().control_type(vtables[i]).managed;
    }
    return managed.size() == kKinds;
  };
  ask_fresh_programs(state, warmed, [&](Program& program) {
    std::size_t handles = 0;
    std::size_t vectors = 0;
    for (const gordian::TypeId type : managed) {
      for (std::uint64_t at = 0; at < program.types().size(type); at += 8) {
        const WordKind kind = program.types().word_at(type, at).kind;
        handles += kind == WordKind::strong_handle ? 1u : 0u;
        vectors += kind == WordKind::vector_begin ? 1u : 0u;
        ++words;
      }
    }
    return handles == kKinds && vectors == kKinds;
  });
  state.SetItemsProcessed(words);
}
BENCHMARK(words_of_types)->Unit(benchmark::kMicrosecond);

// A class that is only declared where it is used: by name, in all of the module. Only units that have its
// name are read, up to its template arguments.
void class_by_name_cold(benchmark::State& state, const std::string& name) {
  const std::vector<std::uint64_t> addresses = return_addresses();
  if (addresses.empty()) return state.SkipWithError("no stack leads through the library");
  for (auto _ : state) {
    gordian::Notes notes;
    gordian::DebugInfo info(leak(), notes);
    if (!info.class_named(name, {}, addresses.front())) {
      state.SkipWithError("the class was not found");
      break;
    }
  }
}
BENCHMARK_CAPTURE(class_by_name_cold, of_one_unit, "program::Mark7")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(class_by_name_cold, of_all_units, "program::Node<7, 15>")->Unit(benchmark::kMicrosecond);

}  // namespace
