// modules.h - the executable and every shared library, as the loader has mapped them, and
// those that are gone but still matter (unloaded_modules.h).
//
// Context: read() takes the loader's lock, so it must come before threads are paused.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/memory.h"
#include "process/readable.h"

namespace gordian::rt {

struct Module {
  Address bias;             // load address minus link address
  Address low;              // [low, high): all of its segments
  Address high;
  std::uint32_t path;       // offset in ModuleMap::names()
  Address build_id;         // of its bytes in our memory; 0 where there is none
  std::uint32_t build_id_size;
  Address unwind_table;     // 0 where there is none
  std::size_t tls_id;       // the loader's TLS module id; 0 without thread-local data
  std::size_t tls_size;     // bytes
  bool own;                 // the runtime itself
  bool allocator;           // libc or the loader: see Segment::exact_only
  bool may_go;              // dlopen() brought it, so dlclose() may take it away
  bool unloaded;            // nothing is mapped there any more: not to be read
};

struct Segment {
  Address low;
  Address high;
  bool writable;
  bool executable;
  bool own;
  // The allocator's own bookkeeping points at chunk headers, and such an address lies
  // inside the block before: from these segments only pointers to a block's very start count.
  bool exact_only;
  bool unloaded;  // see Module
};

// Notes the modules that are there now as those that stay until the process ends.
void note_modules_that_stay() noexcept;

// Held round each dl_iterate_phdr() of ours that may run beside the program. libc does not free in a forked child the
// lock that it takes, so no fork() may come while a thread of the parent's is in one for us. Before the loader's lock.
// False where a fork() has kept it for too long (base/fork_wait.h).
bool lock_module_list() noexcept;
bool try_lock_module_list() noexcept;
void unlock_module_list() noexcept;
// In a child: whoever held it was a thread of the parent's.
void forget_module_list() noexcept;
class ModuleListGuard {
 public:
  ModuleListGuard() noexcept : locked_(lock_module_list()) {}
  ~ModuleListGuard() {
    if (locked_) unlock_module_list();
  }
  ModuleListGuard(const ModuleListGuard&) = delete;
  ModuleListGuard& operator=(const ModuleListGuard&) = delete;

  bool is_locked() const noexcept { return locked_; }

 private:
  const bool locked_;
};

// Runs run(argument) under the loader's lock: no module is mapped, unmapped or listed anew meanwhile. Not where the module list
// cannot be locked.
void while_modules_stay(void (*run)(void*), void* argument) noexcept;
template <class Run>
void while_modules_stay(Run&& run) noexcept {
  while_modules_stay([](void* self) { (*static_cast<std::remove_reference_t<Run>*>(self))(); }, &run);
}

class ModuleMap {
 public:
  // False when memory ran out, or a fork() keeps the list.
  bool read() noexcept;
  // Whether the loader has unloaded a module since.
  bool is_outdated() const noexcept;

  const PageArray<Module>& modules() const noexcept { return modules_; }
  // Unloaded ones whose frames were moved: at addresses that no process has.
  const PageArray<Module>& moved_modules() const noexcept { return moved_modules_; }
  const PageArray<Segment>& segments() const noexcept { return segments_; }
  // Path of the executable: the loader lists it first, so its name is the first one.
  const char* program() const noexcept { return names_.data(); }
  const char* name(const Module& module) const noexcept { return names_.data() + module.path; }

  // What earlier tries of a check ran into; it outlives this. A program may take access away from its static data, too.
  void ask(const Readable& readable) noexcept { asked_ = &readable; }

  // Whether [at, at + size) lies in one mapped segment, and can be read as far as anybody asks.
  bool readable(Address at, std::size_t size) const noexcept;
  bool executable(Address at) const noexcept;
  // False for most of what lies in no module: between the two that are farthest apart, and outside all of them.
  bool may_hold(Address at) const noexcept {
    return at >= lowest_ && at < highest_ && (at < gap_low_ || at >= gap_high_);
  }
  // Whether it lies in the program or a library, other than the runtime itself; in an unloaded one, too.
  bool of_program(Address at) const noexcept;
  // Whether it lies where an unloaded library was, and nothing else is.
  bool unloaded(Address at) const noexcept;
  // Whether a word with that address may be of an unloaded library or of what is, or was, mapped there later.
  bool ambiguous(Address at) const noexcept;

 private:
  friend struct ModuleReader;
  const Segment* segment_of(Address at) const noexcept;
  void find_gap() noexcept;

  const Readable* asked_ = nullptr;
  PageArray<Module> modules_;    // by low address
  PageArray<Module> moved_modules_;
  struct Range {
    Address low;
    Address high;
  };
  PageArray<Range> ambiguous_;  // hardly ever any
  PageArray<Segment> segments_;  // by low address
  PageArray<char> names_;        // NUL-terminated paths, and build ids
  unsigned long long unloads_ = 0;  // of the loader's, when this was read
  // Segments lie in [lowest, gap_low) and [gap_high, highest); most of the heap between them.
  Address lowest_ = 0;
  Address gap_low_ = 0;
  Address gap_high_ = 0;
  Address highest_ = 0;
};

}  // namespace gordian::rt
