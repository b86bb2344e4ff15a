// roots.h - the memory a program reaches its objects from.
//
// Writable segments of every module but ours, each thread's stack from its stack pointer
// up, registers, thread-local data (static and dynamic), anonymous memory the program mapped itself, memory the
// user declared.
// Ranges never overlap each other, nor a heap block: a word is counted once. A root that
// lies in the heap (a fibre's stack, dynamic TLS) makes its whole block a root.
#pragma once

#include "base/memory.h"
#include "process/caller_frame.h"
#include "process/memory_map.h"
#include "process/modules.h"
#include "process/threads.h"
#include "process/touched_pages.h"
#include "scan/heap.h"
#include "snapshot_format.h"

namespace gordian::rt {

struct RootRange {
  Address low;   // [low, high), 8-byte aligned
  Address high;
  snapshot::Place place;
  bool exact_only;  // see Segment::exact_only
};

struct UserRoot {
  Address low;
  Address high;
};

// What gordian_add_root() declared. Any thread may call these. False when memory ran out.
bool add_user_root(Address low, std::size_t size) noexcept;
void remove_user_root(Address low) noexcept;
// Notes the calling thread as the one that runs on the first stack. At the start, and in the
// child of a fork, whichever thread called it.
void note_first_thread() noexcept;

// Around fork(): no thread is in the list while the process is copied.
bool try_lock_user_roots() noexcept;
void unlock_user_roots() noexcept;

// Whether it cannot be told where threads that do not answer have their stacks. Beside
// AddressSanitizer nothing tells a stack from its own mappings, which take terabytes, and there may be fake frames.
bool has_hidden_stacks(const PausedThreads& threads) noexcept;

class Roots {
 public:
  // Threads must be paused. Before the check maps what it works with.
  bool read_map() noexcept { return map_.read(); }
  // Likewise; `caller` is the checking thread's own last frame.
  bool collect(const ModuleMap& modules, const PausedThreads& threads, const CallerFrame& caller, Heap& heap,
               const Readable& readable) noexcept;

  const PageArray<RootRange>& ranges() const noexcept { return ranges_; }
  const PageArray<std::uint64_t>& registers() const noexcept { return registers_; }
  // Values of pthread keys: see add_key_values().
  const PageArray<std::uint64_t>& key_values() const noexcept { return key_values_; }
  // What the kernel keeps (process/kept_words.h).
  const PageArray<std::uint64_t>& kept_words() const noexcept { return kept_words_; }
  // Indexes of heap blocks that are roots as a whole.
  const PageArray<std::uint32_t>& blocks() const noexcept { return blocks_; }
  // How many parts of roots cannot be read.
  std::uint64_t unreadable() const noexcept { return unreadable_; }

 private:
  void add(Address low, Address high, snapshot::Place place, bool exact_only = false) noexcept;
  bool drop_unreadable(const Readable& readable) noexcept;
  void add_thread_local_data(Address tp, const ModuleMap& modules) noexcept;
  void add_key_values(Address tp) noexcept;
  void add_descriptors() noexcept;
  template <class Visit>  // visit(where it begins)
  void for_each_descriptor(Visit&& visit) noexcept;
  void add_fake_frames(void* fake_stack, Address sp) noexcept;
  void add_sanitizers_thread(Address tp) noexcept;
  void add_stack(Address lowest, Address sp, Address tp, const PausedThreads& threads) noexcept;
  Address lowest_of_stack(const Mapping& mapping, Address tp, const PausedThreads& threads) const noexcept;
  void add_whole_stack(const Mapping& mapping, Address sp) noexcept;
  void add_every_possible_stack(Address sp, const PausedThreads& threads) noexcept;
  // Large ranges, without what of them was never touched.
  void add_touched(Address low, Address high, snapshot::Place place, bool exact_only = false) noexcept;
  void add_request_rings() noexcept;
  void add_program_mappings(const PausedThreads& threads, Address sp) noexcept;
  void add_mapped(const Mapping& mapping, Address low, Address high) noexcept;
  Address lowest_gone(const Mapping& mapping, Address sp) const noexcept;
  void add_waiting_stacks(const PausedThreads& threads, Address sp) noexcept;
  void add_unseen_memory(const ModuleMap& modules) noexcept;
  void insert(const PageArray<RootRange>& others) noexcept;

  Heap* heap_ = nullptr;
  MemoryMap map_;
  TouchedPages touched_;
  std::size_t control_block_size_ = 0;  // of a thread: sizeof(struct pthread)
  PageArray<RootRange> ranges_;         // by address
  PageArray<std::uint64_t> registers_;
  PageArray<std::uint64_t> key_values_;
  PageArray<std::uint64_t> kept_words_;
  PageArray<std::uint32_t> blocks_;
  std::uint64_t unreadable_ = 0;
};

}  // namespace gordian::rt
