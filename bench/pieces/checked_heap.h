// checked_heap.h - a heap of real objects, and a check of it by the runtime's own code, stage by stage.
//
// start/check.cpp without what takes over a process: nothing is hooked, no thread is paused. The blocks of
// the live table are those that the objects of kinds.h were given by operator new, which checked_heap.cpp
// replaces; the benchmark's own memory is neither in the table nor a root. So it is known how many objects a
// check must find.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "scan/census.h"
#include "scan/ownership.h"
#include "scan/recording.h"

namespace gordian::bench {

enum class Kept { by_nobody, by_a_root };

// Rings of four objects, each with a buffer, of all kinds in turn: for each object two blocks and one handle.
class CheckedHeap {
 public:
  static constexpr std::size_t kRing = 4;

  // `objects` is a multiple of kRing. Kept by a root, each ring has one handle more. One heap at a time.
  CheckedHeap(std::size_t objects, Kept kept);
  ~CheckedHeap();
  CheckedHeap(const CheckedHeap&) = delete;
  CheckedHeap& operator=(const CheckedHeap&) = delete;

  std::size_t objects() const { return kRing * rings_.size(); }
  std::size_t handles() const { return objects() + owners_.size(); }

 private:
  std::vector<void*> rings_;                   // the first object of each; in no root
  std::vector<std::shared_ptr<void>> owners_;  // the root
};

// All that a check knows. It is taken by the calling thread alone unless it may have `helpers`.
struct Check {
  bool helpers = false;
  rt::ModuleMap modules;
  rt::PausedThreads threads;
  rt::Heap heap;
  rt::Classes classes{modules};
  rt::Objects objects{heap, classes};
  rt::Roots roots;
  rt::Recording recording;
  rt::PageArray<rt::CensusEntry> census;      // empty, as without growth=1
  rt::PageArray<snapshot::CallRow> calls;     // empty, as without whole_heap=1
  rt::Workers workers;
};

// In the order in which a check takes them; each needs those before it.
enum class Stage { list_blocks, find_objects, collect_roots, count_words, flood, record };

// False when memory ran out, or the heap could not be read.
bool run_stage(Check& check, Stage stage);
bool run_until(Check& check, Stage end);  // what comes before `end`
bool run_all(Check& check);

// Counts, to be compared with those of the heap.
std::uint64_t counted_words(const Check& check);
std::uint64_t owned_objects(const Check& check);

// Writes what was recorded to that file. Returns 0 or the errno.
int write_recording(Check& check, const std::filesystem::path& file);

}  // namespace gordian::bench
