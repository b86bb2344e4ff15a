// ownership.h - who owns each node of the heap graph: somebody we see, somebody we do
// not, or nobody.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/heap_graph.h"
#include "analysis/heap_index.h"
#include "analysis/slots.h"

namespace gordian {

// By node; the first that applies. 0 is "nobody": kept alive by a cycle, or lost.
enum class Owner : std::uint8_t {
  nobody = 0,
  root,     // reached from a root or from surely owned memory
  unknown,  // reached from an object whose owner was counted, but not located, or from what unread memory may hold
  lost,     // likewise, but nothing reachable points at that object: probably an orphan
};

struct Ownership {
  std::vector<std::uint8_t> owners;         // Owner, by node
  std::vector<std::uint32_t> lost_objects;  // where `lost` starts, the first-born first
  // By node: not 0 for what is meant to stay and all that it holds; the reason for it is `reasons[n - 1]`. Empty where
  // nothing is.
  std::vector<std::uint8_t> ignored;
  std::vector<std::string> reasons;
  std::uint64_t held_by_unknown = 0;  // objects where `unknown` starts
  std::uint64_t undecided = 0;        // of these, not for a missing owner but for too many words
  std::uint64_t inconsistent = 0;     // of these, known handles and counts disagree

  Owner owner(NodeId node) const { return static_cast<Owner>(owners[node]); }
  std::uint8_t ignored_for(NodeId node) const { return ignored.empty() ? std::uint8_t{0} : ignored[node]; }
};

Ownership find_owners(const HeapIndex& index, const SlotVerdicts& verdicts, const HeapGraph& heap,
                      const std::vector<bool>& borrowed, const std::vector<bool>& held_unread);

}  // namespace gordian
