// tails.h - what hangs on a cycle, by the member that holds it there.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/findings.h"
#include "analysis/heap.h"
#include "analysis/holders.h"
#include "analysis/paths.h"

namespace gordian {

inline constexpr std::size_t kShownTails = 5;

// Finds the tails of one cycle after the other; it keeps working memory of a word per component.
class TailFinder {
 public:
  TailFinder(const Heap& heap, const Holders& holders);

  // The largest tails of `cycle`, at most kShownTails.
  std::vector<Tail> of(std::uint32_t cycle);

 private:
  const Heap& heap_;
  const Holders& holders_;
  MemberPaths paths_;
  std::vector<std::uint32_t> local_;  // by component: its number among what hangs on the cycle; kNone else
};

}  // namespace gordian
