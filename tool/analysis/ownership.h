// ownership.h - who owns each node of the heap graph: somebody we see, somebody we do
// not, or nobody.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/heap_graph.h"
#include "analysis/heap_index.h"
#include "analysis/slots.h"

namespace gordian {

// By node; the first that applies. 0 is "nobody": kept alive by a cycle, or lost.
enum class Owner : std::uint8_t {
  nobody = 0,
  root,     // reached from a root or from surely owned memory
  unknown,  // reached from an object whose owner was counted, but not located
  lost,     // likewise, but nothing reachable points at that object: probably an orphan
};

struct Ownership {
  std::vector<std::uint8_t> owners;         // Owner, by node
  std::vector<std::uint32_t> lost_objects;  // where `lost` starts, the first-born first
  // By node: not 0 for what gordian_ignore() was called on and all that it holds. Empty when it was not
  // called.
  std::vector<std::uint8_t> ignored;
  std::uint64_t held_by_unknown = 0;  // objects where `unknown` starts
  std::uint64_t undecided = 0;        // of these, not for a missing owner but for too many words
  std::uint64_t inconsistent = 0;     // of these, known handles and counts disagree

  Owner owner(NodeId node) const { return static_cast<Owner>(owners[node]); }
  bool is_ignored(NodeId node) const { return !ignored.empty() && ignored[node] != 0; }
};

Ownership find_owners(const HeapIndex& index, const SlotVerdicts& verdicts, const HeapGraph& heap,
                      const std::vector<bool>& borrowed);

}  // namespace gordian
