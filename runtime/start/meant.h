// meant.h - what is meant to stay alive, and why, in the program's own words.
#pragma once

#include "base/memory.h"
#include "base/spin_lock.h"

namespace gordian::rt {

// Accepts the heap block that `object` points into. The reason is copied; null: none.
void accept_block(Address object, const char* reason) noexcept;
// Accepts all that scopes of that level or deeper have left alive.
void accept_scope(unsigned level, const char* reason) noexcept;

struct MeantBlock {
  Address block;
  std::uint32_t reason;  // its offset in the text
};
struct Reasons {
  SpinLock lock;                 // held by who reads them, and around fork()
  PageArray<MeantBlock> blocks;  // in the order in which reasons were given; the last of a block counts. It may be freed by now
  PageArray<char> text;          // NUL-terminated each
};
Reasons& reasons() noexcept;

}  // namespace gordian::rt
