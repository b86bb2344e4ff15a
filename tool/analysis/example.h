// example.h - the one instance of a finding that a report shows.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/findings.h"
#include "analysis/heap.h"
#include "analysis/holders.h"

namespace gordian {

inline constexpr std::size_t kShownObjects = 12;
inline constexpr std::size_t kShownReferences = 24;

// Where it lies, how large it is, who holds it and where it was made; neither id nor role.
FoundObject described(const Heap& heap, std::uint32_t object);

// Makes examples, one after the other; it keeps working memory of a word per node.
class ExampleMaker {
 public:
  ExampleMaker(const Heap& heap, const Holders& holders);

  // Fills in `objects`, `references` and `omitted`. The counts of objects in one instance
  // must have been filled in already.
  void show_cycle(std::uint32_t cycle, Finding& finding);
  void show_orphan(std::uint32_t orphan, Finding& finding);

 private:
  // An object, and the node by which it takes part.
  struct Shown {
    std::uint32_t object;
    NodeId node;
    Role role;
  };

  std::vector<Shown> walk_round(const Cycle& cycle);
  void add_retained(NodeId start, std::uint32_t component, std::uint32_t holder, std::vector<Shown>& shown);
  FoundObject describe(const Shown& shown, std::uint32_t id) const;
  std::vector<FoundReference> references_among(const std::vector<Shown>& shown);
  void fill(const std::vector<Shown>& shown, Finding& finding);
  void forget_walk();

  const Heap& heap_;
  const Holders& holders_;
  std::vector<NodeId> came_from_;  // by node, while walking; kNoNode: not visited
  std::vector<NodeId> walked_;
};

}  // namespace gordian
