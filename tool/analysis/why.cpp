// why.cpp - the shortest ways from roots to who holds an object.
//
// The user's problem: a test expects that an object is dead, and it is not. No cycle keeps it: somebody still
// owns it, and that somebody is owned, and so on up to a variable that nobody has cleared.
//
// As a graph: breadth-first from the roots over edges that keep alive (heap_graph.h), but not through the object itself; what
// remains is reached from other owners, from cycles, and from the object. Each strong reference to it is then one edge, and
// the way to where that starts is the chain of first visitors.
//
// Cost: each node and edge once for every object that is asked about. What is told is bounded: a list of a million nodes that all
// hold the object is a few lines.
#include "analysis/why.h"

#include <algorithm>
#include <span>
#include <unordered_map>

#include "analysis/example.h"
#include "analysis/heap.h"
#include "analysis/paths.h"
#include "analysis/shape.h"

namespace gordian {
namespace {

using snapshot::kNone;
using snapshot::Place;

constexpr std::size_t kMostObjects = 20;
constexpr std::size_t kMostHolders = 8;
constexpr std::size_t kMostStops = 12;  // of a way
constexpr std::size_t kLastStops = 2;   // of these, behind what is left out

class WayFinder {
 public:
  WayFinder(const RootedSnapshot& rooted, const Heap& heap, TypeModel& types)
      : rooted_(rooted), heap_(heap), types_(types), paths_(heap) {
    find_borrowing();
  }

  Alive of_node(NodeId target) {
    target_ = target;
    visit_all();
    Alive alive;
    alive.counted = !heap_.graph.is_plain(target);
    alive.object = object_of(target);
    const std::uint32_t component = heap_.component(target);
    if (heap_.cycles.of_component[component] != kNone) alive.cycle = cycle_id(component);
    const std::vector<Reference> found = references();
    if (alive.counted && alive.object.use_count > found.size())
      alive.not_found = alive.object.use_count - found.size();
    const std::size_t shown = std::min(found.size(), kMostHolders);
    alive.more = found.size() - shown;
    // More than there can be: what was destroyed leaves its bits, also in a variable.
    const bool too_many = alive.counted && found.size() > alive.object.use_count;
    for (std::size_t i = 0; i < shown; ++i) {
      alive.holders.push_back(holder_of(found[i]));
      if (too_many) alive.holders.back().way.front().certain = false;
    }
    return alive;
  }

 private:
  struct Visit {
    NodeId from = kNoNode;  // kNoNode where the search began
    Edge edge{kNoNode, 0};
    bool visited = false;
    WayEnd end = WayEnd::unknown;
  };

  void visit_all() {
    visits_.assign(heap_.graph.node_count(), {});
    follows_borrowed_ = false;
    visits_[target_].visited = true;
    // Variables before stacks: a local of the function that asks is the least of news.
    for (const Place place : {Place::static_data, Place::thread_local_data, Place::user_root, Place::mapping,
                              Place::stack})
      visit_from(nodes_of_roots(place), WayEnd::root);
    visit_borrowed();
    visits_[target_].visited = false;
    visit_from({target_}, WayEnd::itself);
    // Those with nobody above them first.
    for (const NodeId node : owned_nodes()) visit_from({node}, WayEnd::owned);
    visit_from(cycle_nodes(), WayEnd::cycle);
  }

  void visit_from(std::vector<NodeId> queue, WayEnd end) {
    std::size_t kept = 0;
    for (const NodeId node : queue) {
      if (visits_[node].visited) continue;
      visits_[node] = {kNoNode, {kNoNode, 0}, true, end};
      queue[kept++] = node;
    }
    queue.resize(kept);
    go_on(std::move(queue));
  }

  void go_on(std::vector<NodeId> queue) {
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const NodeId node = queue[next];
      const auto visit = [&](NodeId to, const Edge& edge) {
        if (visits_[to].visited) return;
        visits_[to] = {node, edge, true, visits_[node].end};
        queue.push_back(to);
      };
      for (const Edge& edge : heap_.edges_from(node)) visit(edge.target, edge);
      if (!follows_borrowed_) continue;
      const auto borrowing = borrowing_.equal_range(node);
      for (auto p = borrowing.first; p != borrowing.second; ++p)
        visit(target_node(p->second), HeapGraph::pointer_edge(p->second));
    }
  }

  NodeId target_node(std::uint32_t pointer) const { return heap_.graph.node_of_block(heap_.index.target(pointer)); }

  // What nobody holds but by pointers that only borrow, by all that is known.
  void visit_borrowed() {
    follows_borrowed_ = true;
    std::vector<NodeId> holders;
    for (const auto& [node, pointer] : borrowing_) {
      if (visits_[node].visited) holders.push_back(node);
    }
    go_on(std::move(holders));
    follows_borrowed_ = false;
  }

  void find_borrowing() {
    for (std::uint32_t p = 0; p < heap_.index.pointer_count(); ++p) {
      if (!heap_.borrowed[p]) continue;
      const std::uint32_t holder = heap_.index.block_holding(heap_.index.pointer(p).address);
      borrowing_.emplace(heap_.graph.node_of_block(holder), p);
    }
  }

  const RootBlock* root_of(NodeId node) const {
    if (!heap_.graph.is_plain(node)) return nullptr;
    const auto& block = heap_.index.block(heap_.graph.block_of_plain(node));
    return (block.flags & kRootBlock) != 0 ? rooted_.root_at(block.address) : nullptr;
  }

  std::vector<NodeId> nodes_of_roots(Place place) const {
    std::vector<NodeId> nodes;
    for (NodeId node = 0; node < heap_.graph.node_count(); ++node) {
      const RootBlock* root = root_of(node);
      if (root != nullptr && root->place == place) nodes.push_back(node);
    }
    return nodes;
  }

  // What has an owner, though none was met.
  std::vector<NodeId> owned_nodes() const {
    std::vector<NodeId> nodes;
    for (NodeId node = 0; node < heap_.graph.node_count(); ++node) {
      if (heap_.ownership.owner(node) == Owner::root) nodes.push_back(node);
    }
    // An edge between components goes from the higher number to the lower.
    std::stable_sort(nodes.begin(), nodes.end(),
                     [&](NodeId a, NodeId b) { return heap_.component(a) > heap_.component(b); });
    return nodes;
  }

  std::vector<NodeId> cycle_nodes() const {
    std::vector<NodeId> nodes;
    for (const Cycle& cycle : heap_.cycles.cycles) {
      const auto members = heap_.cycles.components.members(cycle.component);
      nodes.insert(nodes.end(), members.begin(), members.end());
    }
    return nodes;
  }

  const std::string& cycle_id(std::uint32_t component) {
    const auto [at, is_new] = cycle_ids_.try_emplace(component);
    const std::uint32_t cycle = heap_.cycles.of_component[component];
    if (is_new) at->second = finding_id(shape_of_cycle(heap_, heap_.cycles.cycles[cycle], paths_));
    return at->second;
  }

  // A strong reference to the object or, where it has no count, a pointer.
  struct Reference {
    NodeId node = kNoNode;  // that it lies in; kNoNode: in a register
    Edge edge{kNoNode, 0};
    WayEnd end = WayEnd::root;
  };

  // Those from roots first.
  std::vector<Reference> references() {
    std::vector<Reference> found = references_in_blocks();
    if (heap_.graph.is_plain(target_)) {
      add_borrowed(found);
    } else {
      add_those_in_registers(found);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Reference& a, const Reference& b) { return a.end < b.end; });
    return found;
  }

  std::vector<Reference> references_in_blocks() const {
    std::vector<Reference> found;
    for (NodeId node = 0; node < heap_.graph.node_count(); ++node) {
      for (const Edge& edge : heap_.edges_from(node)) {
        if (edge.target == target_ && HeapGraph::kind(edge) != EdgeKind::storage && !is_weak_by_type(edge))
          found.push_back({node, edge, visits_[node].end});
      }
    }
    return found;
  }

  // It may be dead, but never a strong one.
  bool is_weak_by_type(const Edge& edge) const {
    if (HeapGraph::kind(edge) != EdgeKind::slot) return false;
    const WordId id = heap_.typing.slot_words[HeapGraph::row(edge)];
    return WordTable::known(id) && heap_.typing.words.word(id).kind == WordKind::weak_handle;
  }

  // Memory has no count: whoever points to it may be the owner, but not what it holds itself, such as a container's nodes
  // that lead back to it.
  void add_borrowed(std::vector<Reference>& found) const {
    const std::uint32_t block = heap_.graph.block_of_plain(target_);
    for (std::uint32_t p = 0; p < heap_.index.pointer_count(); ++p) {
      if (heap_.index.target(p) != block || !heap_.borrowed[p]) continue;
      const std::uint32_t from = heap_.index.block_holding(heap_.index.pointer(p).address);
      const NodeId node = heap_.graph.node_of_block(from);
      found.push_back({node, HeapGraph::pointer_edge(p), visits_[node].end});
    }
    std::erase_if(found, [](const Reference& reference) { return reference.end == WayEnd::itself; });
  }

  void add_those_in_registers(std::vector<Reference>& found) const {
    const auto& object = heap_.index.object(heap_.graph.object_of(target_));
    for (std::uint32_t i = 0; i < object.slot_count; ++i) {
      const std::uint32_t row = object.first_slot + i;
      const bool dead = heap_.verdicts.meanings[row] == SlotMeaning::dead;
      if (heap_.index.slot(row).place == Place::registers && !dead)
        found.push_back({kNoNode, HeapGraph::slot_edge(row), WayEnd::root});
    }
  }

  bool is_certain(const Edge& edge) const {
    const std::uint32_t row = HeapGraph::row(edge);
    if (HeapGraph::kind(edge) == EdgeKind::slot) return heap_.verdicts.meanings[row] == SlotMeaning::strong;
    return HeapGraph::kind(edge) != EdgeKind::pointer || !heap_.borrowed[row];
  }

  // The next object or root on a way, and the edges that lead from it to the stop before, or to the object.
  struct Stop {
    NodeId node;
    std::vector<Edge> way;  // the last one first
  };

  Holder holder_of(const Reference& reference) {
    Holder holder;
    holder.end = reference.end;
    if (reference.node == kNoNode) {
      RootBlock root;
      root.place = Place::registers;
      holder.way.push_back({"", is_certain(reference.edge), {}, root});
      return holder;
    }
    std::vector<Stop> stops = stops_of(reference);
    if (holder.end == WayEnd::cycle) holder.cycle = cycle_id(heap_.component(stops.back().node));
    if (stops.size() > kMostStops) {
      holder.omitted = stops.size() - kMostStops;
      stops.erase(stops.end() - static_cast<std::ptrdiff_t>(kLastStops + holder.omitted),
                  stops.end() - static_cast<std::ptrdiff_t>(kLastStops));
    }
    for (Stop& stop : stops) holder.way.push_back(holding(stop.node, std::move(stop.way)));
    return holder;
  }

  std::vector<Stop> stops_of(const Reference& reference) const {
    std::vector<Stop> stops;
    std::vector<Edge> way = {reference.edge};
    NodeId node = reference.node;
    while (true) {
      if (!heap_.graph.is_plain(node) || visits_[node].from == kNoNode) {
        stops.push_back({node, std::move(way)});
        way.clear();
      }
      // From an object to its own control part is no step.
      if (is_own_part(node)) node = visits_[node].from;
      if (node == target_ || visits_[node].from == kNoNode) return stops;
      way.push_back(visits_[node].edge);
      node = visits_[node].from;
    }
  }

  // The node was reached as the control part of an object that was reached.
  bool is_own_part(NodeId node) const {
    const NodeId from = visits_[node].from;
    return from != kNoNode && node != target_ && !heap_.graph.is_plain(node) && !heap_.graph.is_plain(from) &&
           heap_.graph.object_of(node) == heap_.graph.object_of(from) &&
           HeapGraph::kind(visits_[node].edge) == EdgeKind::storage;
  }

  Holding holding(NodeId node, std::vector<Edge> way) const {
    std::reverse(way.begin(), way.end());
    Holding result;
    result.certain = std::all_of(way.begin(), way.end(), [&](const Edge& e) { return is_certain(e); });
    if (const RootBlock* root = root_of(node); root != nullptr) {
      result.root = *root;
      if (!root->name.empty()) result.path = path_from_variable(heap_, root->name, way);
      return result;
    }
    result.path = path_along(heap_, way);
    result.object = object_of(node);
    return result;
  }

  FoundObject object_of(NodeId node) const {
    FoundObject result;
    if (heap_.graph.is_plain(node)) {
      const std::uint32_t row = heap_.graph.block_of_plain(node);
      const auto& block = heap_.index.block(row);
      const TypeId type = heap_.typing.regions[row].type;
      result.type = type != TypeId::none ? types_.name(type) : std::string();
      result.family.clear();
      result.address = block.address;
      result.size = block.size;
      result.stack = block.stack;
      return result;
    }
    return described(heap_, heap_.graph.object_of(node));
  }

  const RootedSnapshot& rooted_;
  const Heap& heap_;
  TypeModel& types_;
  MemberPaths paths_;
  NodeId target_ = kNoNode;
  std::vector<Visit> visits_;  // by node
  bool follows_borrowed_ = false;
  std::unordered_multimap<NodeId, std::uint32_t> borrowing_;  // rows of borrowing pointers, by who has them
  std::unordered_map<std::uint32_t, std::string> cycle_ids_;  // by component
};

bool is_named(std::string_view full, std::string_view asked) {
  if (full == asked) return true;
  return full.size() > asked.size() + 2 && full.ends_with(asked) &&
         full.substr(full.size() - asked.size() - 2, 2) == "::";
}

// The objects first, the first-born of them first; then memory that is of that type.
std::vector<NodeId> nodes_asked_for(const Heap& heap, TypeModel& types, const Question& question) {
  std::vector<NodeId> nodes;
  if (question.type.empty()) {
    const std::uint32_t block = heap.index.block_holding(question.address);
    if (block == kNone || (heap.index.block(block).flags & kRootBlock) != 0) return nodes;
    const std::uint32_t object = heap.index.block(block).object;
    nodes.push_back(object == kNone ? heap.graph.node_of_block(block) : heap.graph.whole(object));
    return nodes;
  }
  for (const std::uint32_t object : heap.index.by_birth()) {
    if (!heap.index.expired(object) && is_named(heap.typing.type_name(object), question.type))
      nodes.push_back(heap.graph.whole(object));
  }
  for (std::uint32_t block = 0; block < heap.index.block_count(); ++block) {
    const Region& region = heap.typing.regions[block];
    const bool value = region.kind == RegionKind::whole || region.kind == RegionKind::pointee;
    if (!heap.index.plain(block) || !value || (heap.index.block(block).flags & kRootBlock) != 0) continue;
    if (is_named(types.name(region.type), question.type)) nodes.push_back(heap.graph.node_of_block(block));
  }
  return nodes;
}

}  // namespace

Answer why_alive(const RootedSnapshot& rooted, TypeModel& types, const Question& question) {
  const Heap heap(rooted.snapshot, types);
  Answer answer;
  const std::vector<NodeId> nodes = nodes_asked_for(heap, types, question);
  WayFinder finder(rooted, heap, types);
  for (std::size_t i = 0; i < std::min(nodes.size(), kMostObjects); ++i)
    answer.objects.push_back(finder.of_node(nodes[i]));
  answer.more = nodes.size() - answer.objects.size();
  return answer;
}

}  // namespace gordian
