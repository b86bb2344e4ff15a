// holders.h - what is kept alive by a cycle or an orphan, without being one.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "analysis/heap.h"

namespace gordian {

inline constexpr std::uint32_t kNobody = 0xffffffffu;
inline constexpr std::uint32_t kSeveralCycles = 0xfffffffeu;
inline constexpr std::uint32_t kSeveralOrphans = 0xfffffffdu;

struct Orphan {
  std::uint32_t object = 0;
  std::uint32_t cause = 0;
  bool proved = false;
  std::uint8_t ignored = 0;  // see Ownership::ignored
};

// Instances that the program has declared to stay are a cause of their own, next to others of their shape.
struct CauseKey {
  std::uint64_t shape = 0;
  bool ignored = false;

  auto operator<=>(const CauseKey&) const = default;
};

// A holder is a cycle or an orphan: cycles have the numbers of Cycles::cycles, orphans
// follow them in the order of `orphans`. Causes are numbered likewise, those of cycles first.
struct Holders {
  std::vector<Orphan> orphans;
  std::vector<CauseKey> orphan_causes;  // by cause, less the number of cycle causes

  // By component: who holds it, with no other cycle on the way; kNobody, or kSeveral... . A
  // cycle wins over an orphan. A cycle and an orphan are held by themselves here.
  std::vector<std::uint32_t> holder;
  std::vector<std::uint32_t> cause;

  // By cycle: the one cause whose other cycles reach it from above, through whatever lies
  // between; kNobody when there is none, kSeveralCycles when there are more.
  std::vector<std::uint32_t> cause_above;
  // By cycle: something outside it, owned by nobody, keeps some of it alive as well.
  std::vector<bool> held_from_outside;
  // By node: something keeps it alive that has another cause than it, or none.
  std::vector<bool> entered_from_elsewhere;
  // By cause of cycles: that is so of something that it holds.
  std::vector<bool> cause_entered;
};

// `cause_of_cycle` has an entry for each cycle; `cycle_causes` is one more than its highest.
Holders find_holders(const Heap& heap, const std::vector<std::uint32_t>& cause_of_cycle,
                     std::uint32_t cycle_causes);

}  // namespace gordian
