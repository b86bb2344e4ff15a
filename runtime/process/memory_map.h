// memory_map.h - the kernel's list of mappings, for stacks whose bounds nobody told us.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

struct Mapping {
  Address low;   // [low, high)
  Address high;
  bool readable;
  bool writable;
  bool anonymous;    // not a file
  bool shared;
  bool after_guard;  // the mapping just below admits no access, as below a thread's stack
  bool request_ring;  // of io_uring, which the kernel shares
  bool filled_by_program;  // page by page, when somebody reads it (userfaultfd); known by read_with_flags() only
};

class MemoryMap {
 public:
  // Takes no lock. False where it cannot be read. What is mapped later lies outside of what is listed. The thread's own
  // view: /proc/self is empty once the first thread has ended (pthread_exit). Of an emulated process it has the
  // emulator's mappings as well.
  bool read() noexcept { return read("/proc/thread-self/maps"); }
  // Likewise, with what else the kernel tells of each: it looks at every page for that.
  bool read_with_flags() noexcept { return read("/proc/thread-self/smaps"); }
  const Mapping* find(Address at) const noexcept;
  // Whether part of [low, high) is shared memory.
  bool has_shared(Address low, Address high) const noexcept;
  const PageArray<Mapping>& mappings() const noexcept { return mappings_; }

 private:
  bool read(const char* file) noexcept;
  void parse_line(const char* line) noexcept;

  PageArray<char> text_;  // kept: its place is one of those that are listed
  PageArray<Mapping> mappings_;  // by address
  Address guard_end_ = 0;
};

}  // namespace gordian::rt
