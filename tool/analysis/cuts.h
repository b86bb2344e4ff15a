// cuts.h - the members to change so that no cycle of a finding is left.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/findings.h"
#include "analysis/heap.h"
#include "analysis/holders.h"
#include "analysis/paths.h"

namespace gordian {

inline constexpr std::size_t kProposedCuts = 5;  // each of which is enough alone
inline constexpr std::size_t kMostOfASet = 16;    // members that are told of a set that is enough together

// Proposes cuts for one finding after the other; it keeps working memory of a word per node.
class CutFinder {
 public:
  CutFinder(const Heap& heap, const Holders& holders);

  // The cuts for all `cycles` of `finding`, best first: the members of a set that does it together, at
  // most kMostOfASet, before at most kProposedCuts that do it alone. The finding's
  // counts must have been filled in. Notes in it the members of all references that close the cycles.
  std::vector<Cut> propose(std::span<const std::uint32_t> cycles, Finding& finding);

 private:
  const Heap& heap_;
  const Holders& holders_;
  MemberPaths paths_;
  std::vector<NodeId> local_;  // by node: its number among those looked at; kNoNode else
};

}  // namespace gordian
