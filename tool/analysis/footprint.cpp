// footprint.cpp - types and places of allocation, over all instances of a finding.
//
// The user's problem: a rule such as "whatever that library allocates" must not accept the one cycle of
// a hundred that the user's own code makes in the same way. So each instance's stacks are kept apart;
// most instances have the same ones, and those are kept once.
#include "analysis/footprint.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace gordian {

std::uint32_t allocation_stack(const Heap& heap, std::uint32_t object) {
  const auto& row = heap.index.object(object);
  if (row.family != snapshot::Family::custom || row.control_block == snapshot::kNone) return row.stack;
  // Its row has the stack of a constructor, which is a base class's. Its block's is that of who made it.
  const std::uint32_t allocation = heap.index.block(row.control_block).stack;
  return allocation != 0 ? allocation : row.stack;
}

namespace {

// Gathers instance after instance.
class FootprintMaker {
 public:
  explicit FootprintMaker(const Heap& heap) : heap_(heap) {}

  void add(std::uint32_t object) {
    types_.insert(heap_.typing.object_types[object]);
    stacks_.push_back(allocation_stack(heap_, object));
  }

  void end_instance() {
    std::sort(stacks_.begin(), stacks_.end());
    stacks_.erase(std::unique(stacks_.begin(), stacks_.end()), stacks_.end());
    ++instances_[stacks_];
    stacks_.clear();
  }

  void fill(Footprint& footprint) {
    for (const std::uint32_t type : types_) footprint.types.push_back(heap_.typing.type_names[type]);
    for (auto& [stacks, instances] : instances_) footprint.allocations.push_back({stacks, instances});
  }

 private:
  const Heap& heap_;
  std::set<std::uint32_t> types_;
  std::vector<std::uint32_t> stacks_;  // of the instance at hand
  std::map<std::vector<std::uint32_t>, std::uint64_t> instances_;
};

}  // namespace

void note_cycles(const Heap& heap, std::span<const std::uint32_t> cycles, Finding& finding) {
  FootprintMaker maker(heap);
  for (const std::uint32_t c : cycles) {
    for_each_object(heap.graph, heap.cycles.components, heap.cycles.cycles[c].component,
                    [&](std::uint32_t object, NodeId) { maker.add(object); });
    finding.own_objects += heap.cycles.cycles[c].objects;
    maker.end_instance();
  }
  maker.fill(finding.footprint);
}

void note_orphans(const Heap& heap, const Holders& holders, std::span<const std::uint32_t> orphans,
                  Finding& finding) {
  FootprintMaker maker(heap);
  for (const std::uint32_t o : orphans) {
    maker.add(holders.orphans[o].object);
    maker.end_instance();
  }
  finding.own_objects = orphans.size();
  maker.fill(finding.footprint);
}

}  // namespace gordian
