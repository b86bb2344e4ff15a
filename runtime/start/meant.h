// meant.h - what is meant to stay alive, and why, in the program's own words.
#pragma once

#include "base/memory.h"
#include "base/spin_lock.h"

namespace gordian::rt {

// Accepts the heap block that `object` points into. The reason is copied; null: none, and then no lock is taken.
void accept_block(Address object, const char* reason) noexcept;
// Accepts all that scopes of that level or deeper have left alive.
void accept_scope(unsigned level, const char* reason) noexcept;

// The reasons that were ever given, each once.
struct Reasons {
  SpinLock lock;         // held by who adds or reads them, and around fork()
  PageArray<char> text;  // NUL-terminated each; the first is empty
};
Reasons& reasons() noexcept;
// Where in the text the reason for that accepted block lies; 0: none was given.
std::uint32_t reason_for(Address block) noexcept;

}  // namespace gordian::rt
