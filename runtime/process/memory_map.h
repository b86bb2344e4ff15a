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
};

class MemoryMap {
 public:
  // Reads /proc/thread-self/maps; takes no lock. False where it cannot be read. What is mapped later lies outside of
  // what is listed.
  bool read() noexcept;
  const Mapping* find(Address at) const noexcept;
  // Whether part of [low, high) is shared memory.
  bool has_shared(Address low, Address high) const noexcept;
  const PageArray<Mapping>& mappings() const noexcept { return mappings_; }

 private:
  void parse_line(const char* line) noexcept;

  PageArray<char> text_;  // kept: its place is one of those that are listed
  PageArray<Mapping> mappings_;  // by address
  Address guard_end_ = 0;
};

}  // namespace gordian::rt
