// lost.cpp - from the blocks that nothing points to, down to the lost handles.
//
// The user's problem: somebody forgot to free *this*; a report that names the map's node with the handle,
// and not the map that was leaked, sends them to the wrong line.
//
// As a graph: the plain blocks that nobody owns, with the pointers between them. The strong components that
// nothing leads into are where something was lost; each block belongs to the first of them that reaches it,
// breadth first. Of such a component, a list or a map with its nodes, the block is named that holds the
// container: pointers go to the start of a node and into the middle of its holder; it is the only one of its
// kind.
//
// Cost: linear in those blocks and pointers, but for sorting. What it misses: of several blocks that lead to
// one handle it names one.
#include "analysis/lost.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analysis/paths.h"

namespace gordian {

using snapshot::kNone;

LostPlaces::LostPlaces(const Heap& heap)
    : heap_(heap),
      top_(heap.graph.node_count(), kNoNode),
      from_(heap.graph.node_count(), kNoNode),
      through_(heap.graph.node_count(), Edge{kNoNode, 0}) {
  const auto& components = heap.cycles.components;
  std::vector<bool> led_into(components.count, false);
  for (std::uint32_t c = components.count; c-- > 0;) {
    for (const NodeId node : components.members(c)) {
      for (const Edge& edge : heap.edges_from(node)) {
        if (heap.component(edge.target) != c) led_into[heap.component(edge.target)] = true;
      }
    }
    const NodeId node = components.members(c).front();
    const bool lost = heap.graph.is_plain(node) && heap.ownership.owner(node) == Owner::nobody;
    if (lost && !led_into[c] && heap.cycles.of_component[c] == kNone)
      go_down_from(top_of(components.members(c)));
  }
}

NodeId LostPlaces::top_of(std::span<const NodeId> ring) const {
  std::set<NodeId> nodes;
  std::map<std::pair<std::uint64_t, std::uint32_t>, std::size_t> of_kind;
  const auto kind_of = [&](NodeId node) {
    const auto& block = heap_.index.block(heap_.graph.block_of_plain(node));
    return std::pair(block.size, block.stack);
  };
  for (const NodeId node : ring) {
    if (ring.size() > 1) ++of_kind[kind_of(node)];
    for (const Edge& edge : heap_.edges_from(node)) {
      if (!heap_.graph.is_plain(edge.target)) continue;
      const auto& block = heap_.index.block(heap_.graph.block_of_plain(edge.target));
      if (heap_.index.pointer(HeapGraph::row(edge)).value == block.address) nodes.insert(edge.target);
    }
  }
  return *std::min_element(ring.begin(), ring.end(), [&](NodeId a, NodeId b) {
    const auto rank = [&](NodeId node) {
      return std::tuple(nodes.contains(node), of_kind[kind_of(node)], node);
    };
    return rank(a) < rank(b);
  });
}

void LostPlaces::go_down_from(NodeId top) {
  std::vector<NodeId> reached = {top};
  top_[top] = from_[top] = top;
  for (std::size_t next = 0; next < reached.size(); ++next) {
    const NodeId node = reached[next];
    for (const Edge& edge : heap_.edges_from(node)) {
      if (!heap_.graph.is_plain(edge.target) || top_[edge.target] != kNoNode) continue;
      top_[edge.target] = top;
      from_[edge.target] = node;
      through_[edge.target] = edge;
      reached.push_back(edge.target);
    }
  }
}

// From the top, or from the handle's own block where that is far. "" where the type of the block that it
// starts in is not known.
std::string LostPlaces::path_to(std::uint32_t slot) const {
  std::vector<Edge> way = {HeapGraph::slot_edge(slot)};
  NodeId node = heap_.graph.node_of_block(heap_.index.slot(slot).block);
  constexpr std::size_t kMostSteps = 16;
  for (; top_[node] != kNoNode && from_[node] != node && way.size() <= kMostSteps; node = from_[node])
    way.push_back(through_[node]);
  if (way.size() > kMostSteps) way.resize(1);
  std::reverse(way.begin(), way.end());
  const WordId first = HeapGraph::kind(way.front()) == EdgeKind::slot
                           ? heap_.typing.slot_words[slot]
                           : heap_.typing.pointer_words[HeapGraph::row(way.front())];
  return WordTable::known(first) ? path_along(heap_, way) : "";
}

LostHolder LostPlaces::place(std::uint32_t slot) const {
  const auto& row = heap_.index.slot(slot);
  const auto& block = heap_.index.block(row.block);
  const NodeId node = heap_.graph.node_of_block(row.block);
  LostHolder holder;
  holder.bytes = block.size;
  holder.offset = row.address - block.address;
  holder.path = path_to(slot);
  holder.stack = block.stack;
  if (top_[node] == kNoNode || top_[node] == node) return holder;
  const auto& top = heap_.index.block(heap_.graph.block_of_plain(top_[node]));
  holder.hangs_on = HangsOn{top.size, top.stack};
  return holder;
}

std::vector<LostHolder> LostPlaces::of(std::span<const std::uint32_t> objects) const {
  std::vector<LostHolder> holders;
  const auto key = [](const LostHolder& h) {
    const HangsOn above = h.hangs_on.value_or(HangsOn{0, 0});
    return std::tuple(h.bytes, h.offset, h.path, h.stack, above.bytes, above.stack);
  };
  std::map<decltype(key(LostHolder{})), std::size_t> known;
  for (const std::uint32_t object : objects) {
    const auto& row = heap_.index.object(object);
    for (std::uint32_t s = row.first_slot; s < row.first_slot + row.slot_count; ++s) {
      const auto& slot = heap_.index.slot(s);
      const SlotMeaning meaning = heap_.verdicts.meanings[s];
      const bool strong = meaning == SlotMeaning::strong || meaning == SlotMeaning::maybe_strong;
      if (!strong || slot.block == kNone || !heap_.index.plain(slot.block)) continue;
      LostHolder holder = place(s);
      const auto [at, is_new] = known.try_emplace(key(holder), holders.size());
      if (is_new) holders.push_back(std::move(holder));
      ++holders[at->second].references;
    }
  }
  std::stable_sort(holders.begin(), holders.end(),
                   [](const LostHolder& a, const LostHolder& b) { return a.references > b.references; });
  if (holders.size() > kShownLostHolders) holders.resize(kShownLostHolders);
  return holders;
}

}  // namespace gordian
