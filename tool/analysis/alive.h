// alive.h - of which plain blocks it is known that what lies in them has not been destroyed.
//
// A raw pointer leads to memory: a free list's spare node and what was popped off a vector of the program's own have
// handles by their type, and all their bits. A container or a unique_ptr, alive itself, would destroy what it leads
// to, and so what lies there is alive.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/heap_index.h"
#include "analysis/typing.h"

namespace gordian {

enum class Life : std::uint8_t {
  doubtful,  // only raw pointers lead there, or nobody knows what does
  alive,     // an object's own, or what an owner that is alive leads to
};

// What is known of raw memory that a class makes a value in later (Word::may_be_unmade).
enum class Making : std::uint8_t {
  unknown,
  made,    // a future's result that its shared state has got, and no exception that we see
  unmade,  // one that is still with who promised it, or has an exception in place of a value
};

struct Lives {
  std::vector<Life> lives;      // by block
  std::vector<Making> makings;  // by block
};

Lives find_alive(const HeapIndex& index, const Typing& typing);

}  // namespace gordian
