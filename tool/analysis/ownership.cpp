// ownership.cpp - what somebody owns: floods from the roots, then from the unknown.
//
// The user's problem: a cycle that a running thread, a global or a register still owns is
// no leak, and reporting it is a false alarm in somebody's build.
//
// As a graph: everything reached from a root over edges that keep alive (heap_graph.h) is
// owned. A slot in owned memory that only may be strong counts as strong here. Three
// floods, each over what the ones before have left:
//   1. root     from slots in static and thread-local data, stacks, registers, user roots
//               and surely owned blocks;
//   2. unknown  from objects with a strong handle that was counted but not located,
//               from those where evidence does not decide (slots.cpp), and from what memory
//               that could not be read may hold (borrowed.h). Doubt means "owned", and so is
//               all that such an object holds: no cycle is reported through it;
//   3. lost     from such objects when not one strong handle was located and nothing
//               reachable points at them. They are listed as orphans, `likely`, and what
//               they hold is theirs: no cycle is reported there either.
//
// What the program has declared to stay (gordian_ignore) is not owned, but flooded alike and marked: the
// cycles and orphans there are found, and accepted.
//
// A pointer to an adopted object (snapshot::kObjectAdopted) may be its real owner, and so may one that
// borrows by all that is known (borrowed.h): in the floods it keeps what it points to alive, doubt being
// "owned"; in the search for cycles it is none.
//
// Cost: each node and edge once. What it misses: cycles below an object that the optimiser
// keeps in no memory when the program exits; `notes` counts such objects.
#include "analysis/ownership.h"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

#include "analysis/root_blocks.h"
#include "graph/flood.h"

namespace gordian {
namespace {

using snapshot::Place;

std::vector<NodeId> rooted_nodes(const HeapIndex& index, const SlotVerdicts& verdicts,
                                 const HeapGraph& heap) {
  std::vector<NodeId> seeds;
  for (std::uint32_t row = 0; row < index.slot_count(); ++row) {
    if (index.slot(row).place == Place::block) continue;
    const std::uint32_t object = index.slot(row).object;
    switch (verdicts.meanings[row]) {
      case SlotMeaning::strong:
      case SlotMeaning::maybe_strong:
        if (!index.expired(object)) seeds.push_back(heap.whole(object));
        seeds.push_back(heap.control_part(object));
        break;
      case SlotMeaning::weak:
      case SlotMeaning::maybe_weak:
        seeds.push_back(heap.control_part(object));
        break;
      case SlotMeaning::dead:
        break;
    }
  }
  for (std::uint32_t block = 0; block < index.block_count(); ++block) {
    constexpr std::uint32_t kRooted = snapshot::kRootedArena | snapshot::kOwnedBlock | kRootBlock;
    const bool rooted = (index.block(block).flags & kRooted) != 0;
    if (rooted && index.plain(block)) seeds.push_back(heap.node_of_block(block));
  }
  for (std::uint32_t object = 0; object < index.object_count(); ++object) {
    if ((index.object(object).flags & snapshot::kObjectOwned) == 0) continue;
    seeds.push_back(heap.whole(object));
    seeds.push_back(heap.control_part(object));
  }
  return seeds;
}

// What is meant to stay, by the reason for it. The last has none: it is also what others lead to.
using MeantNodes = std::map<std::string, std::vector<NodeId>, std::greater<>>;

MeantNodes meant_nodes(const HeapIndex& index, const HeapGraph& heap) {
  std::unordered_map<std::uint64_t, const std::string*> reasons;
  for (const auto& meant : index.snapshot().reasons) reasons[meant.block] = &meant.reason;
  MeantNodes nodes;
  for (std::uint32_t block = 0; block < index.block_count(); ++block) {
    if ((index.block(block).flags & snapshot::kIgnoredBlock) == 0) continue;
    const auto reason = reasons.find(index.block(block).address);
    auto& seeds = nodes[reason == reasons.end() ? std::string() : *reason->second];
    seeds.push_back(heap.node_of_block(block));
    if (!index.plain(block)) seeds.push_back(heap.whole(index.block(block).object));
  }
  return nodes;
}

bool owner_is_unknown(CountVerdict verdict) {
  return verdict == CountVerdict::missing || verdict == CountVerdict::undecided ||
         verdict == CountVerdict::inconsistent;
}

bool is_lost(const HeapIndex& index, const ObjectCount& count, std::uint32_t object) {
  const bool seen = (index.object(object).flags & snapshot::kObjectSeen) != 0;
  return count.verdict == CountVerdict::missing && !count.possible_slots && !seen;
}

// Whether the word is a handle's own pointer to its object: the word in front of a slot.
bool in_handle(const HeapIndex& index, std::uint32_t block, std::uint32_t object, std::uint64_t address) {
  const auto slots = index.slots_in(block);
  const auto at =
      std::lower_bound(slots.begin(), slots.end(), address + 8,
                       [&](std::uint32_t row, std::uint64_t a) { return index.slot(row).address < a; });
  return at != slots.end() && index.slot(*at).address == address + 8 && index.slot(*at).object == object;
}

struct Claim {
  NodeId holder;
  NodeId claimed;
};

// Pointers that may own what they point to: the managed object of a shared_ptr whose deleter
// may do nothing, and what is only borrowed by all that is known.
std::vector<Claim> find_claims(const HeapIndex& index, const HeapGraph& heap,
                               const std::vector<bool>& borrowed) {
  std::vector<Claim> claims;
  for (std::uint32_t p = 0; p < index.pointer_count(); ++p) {
    const std::uint32_t target = index.target(p);
    if (target == snapshot::kNone) continue;
    if (borrowed[p]) {
      const std::uint32_t holder = index.block_holding(index.pointer(p).address);
      if (holder != snapshot::kNone)
        claims.push_back({heap.node_of_block(holder), heap.node_of_block(target)});
    }
    if (index.plain(target)) continue;
    const std::uint32_t object = index.block(target).object;
    const auto& row = index.object(object);
    if ((row.flags & snapshot::kObjectAdopted) == 0 || row.managed_block != target) continue;
    const std::uint64_t address = index.pointer(p).address;
    const std::uint32_t block = index.block_holding(address);
    if (block == snapshot::kNone || index.block(block).object == object) continue;
    if (!in_handle(index, block, object, address))
      claims.push_back({heap.node_of_block(block), heap.whole(object)});
  }
  std::stable_sort(claims.begin(), claims.end(),
                   [](const Claim& a, const Claim& b) { return a.holder < b.holder; });
  return claims;
}

// The graph with an edge for each claim: a claim keeps alive what an owner holds, but makes
// no cycle.
DirectedGraph with_claims(const DirectedGraph& graph, const std::vector<Claim>& claims) {
  DirectedGraph result;
  result.reserve(graph.node_count(), graph.edge_count() + claims.size());
  auto next = claims.begin();
  for (NodeId node = 0; node < graph.node_count(); ++node) {
    result.add_node();
    for (const Edge& edge : graph.edges_from(node)) result.add_edge(edge.target, edge.tag);
    for (; next != claims.end() && next->holder == node; ++next) result.add_edge(next->claimed, 0);
  }
  return result;
}

}  // namespace

Ownership find_owners(const HeapIndex& index, const SlotVerdicts& verdicts, const HeapGraph& heap,
                      const std::vector<bool>& borrowed, const std::vector<bool>& held_unread) {
  Ownership result;
  result.owners.assign(heap.node_count(), 0);
  const std::vector<Claim> claims = find_claims(index, heap, borrowed);
  const DirectedGraph claimed = claims.empty() ? DirectedGraph() : with_claims(heap.graph(), claims);
  const auto spread = [&](const std::vector<NodeId>& seeds, Owner owner) {
    flood(claims.empty() ? heap.graph() : claimed, seeds, static_cast<std::uint8_t>(owner), result.owners);
  };
  spread(rooted_nodes(index, verdicts, heap), Owner::root);
  for (const auto& [reason, seeds] : meant_nodes(index, heap)) {
    // A mark is a byte: of very many reasons the last share one, but what has none has its own.
    constexpr std::size_t kMostReasons = 253;
    result.ignored.resize(heap.node_count(), 0);
    if (reason.empty() || result.reasons.size() < kMostReasons) {
      result.reasons.push_back(reason);
    } else if (result.reasons.size() == kMostReasons) {
      result.reasons.emplace_back("of one of more reasons than are told apart");
    }
    const auto mark = static_cast<std::uint8_t>(result.reasons.size());
    flood(claims.empty() ? heap.graph() : claimed, seeds, mark, result.ignored);
  }

  std::vector<NodeId> seeds;
  for (const std::uint32_t object : index.by_birth()) {
    const ObjectCount& count = verdicts.objects[object];
    if (!owner_is_unknown(count.verdict) || result.owner(heap.whole(object)) != Owner::nobody) continue;
    if (is_lost(index, count, object)) {
      result.lost_objects.push_back(object);
      continue;
    }
    ++result.held_by_unknown;
    result.undecided += count.verdict == CountVerdict::undecided;
    result.inconsistent += count.verdict == CountVerdict::inconsistent;
    seeds.push_back(heap.whole(object));
    seeds.push_back(heap.control_part(object));
  }
  for (std::uint32_t block = 0; block < held_unread.size(); ++block) {
    if (held_unread[block]) seeds.push_back(heap.node_of_block(block));
  }
  spread(seeds, Owner::unknown);

  seeds.clear();
  for (const std::uint32_t object : result.lost_objects) {
    seeds.push_back(heap.whole(object));
    seeds.push_back(heap.control_part(object));
  }
  spread(seeds, Owner::lost);
  return result;
}

}  // namespace gordian
