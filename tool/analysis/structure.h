// structure.h - the inside of a cycle that is too large to be shown object by object.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/findings.h"
#include "analysis/heap.h"
#include "analysis/paths.h"

namespace gordian {

inline constexpr std::size_t kShownMembers = 6;
inline constexpr std::size_t kShownSteps = 8;  // of one shortest cycle
inline constexpr std::size_t kShownHubs = 3;

// Describes one cycle after the other; it keeps working memory of a word per node and two per object.
class StructureFinder {
 public:
  explicit StructureFinder(const Heap& heap);

  // None for a cycle whose objects are all shown.
  std::optional<Structure> of(std::uint32_t cycle);

 private:
  const Heap& heap_;
  MemberPaths paths_;
  std::vector<NodeId> came_from_;  // by node, while walking; kNoNode: not visited
  // By object: how many references in the cycle hold it, and how many start from it.
  std::vector<std::uint32_t> held_;
  std::vector<std::uint32_t> holds_;
};

}  // namespace gordian
