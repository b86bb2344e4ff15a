// why.cpp - the shortest ways from roots to who holds an object.
//
// The user's problem: a test expects that an object is dead, and it is not. No cycle keeps it: somebody still
// owns it, and that somebody is owned, and so on up to a variable that nobody has cleared.
//
// As a graph: breadth-first from the roots over edges that keep alive (heap_graph.h), but not through the object itself; what
// remains is reached from other owners, from cycles, and from the object. Each strong reference to it is then one edge, and
// the way to where that starts is the chain of first visitors.
//
// Cost: each node and edge once for every object that is asked about.
#include "analysis/why.h"

#include <algorithm>
#include <array>
#include <span>

#include "analysis/heap.h"
#include "analysis/paths.h"
#include "analysis/shape.h"

namespace gordian {
namespace {

using snapshot::kNone;
using snapshot::Place;

constexpr std::size_t kMostObjects = 20;
constexpr std::size_t kMostHolders = 8;

class WayFinder {
 public:
  WayFinder(const RootedSnapshot& rooted, const Heap& heap, TypeModel& types)
      : rooted_(rooted), heap_(heap), types_(types), paths_(heap) {}

  Alive of_node(NodeId target) {
    target_ = target;
    visit_all();
    Alive alive;
    alive.counted = !heap_.graph.is_plain(target);
    alive.object = object_of(target);
    const std::uint32_t component = heap_.component(target);
    if (heap_.cycles.of_component[component] != kNone) alive.cycle = cycle_id(component);
    std::vector<Holder> holders = holders_in_blocks();
    if (alive.counted) add_holders_in_registers(holders);
    if (alive.counted && alive.object.use_count > holders.size())
      alive.not_found = alive.object.use_count - holders.size();
    std::stable_sort(holders.begin(), holders.end(),
                     [](const Holder& a, const Holder& b) { return a.end < b.end; });
    alive.more = holders.size() - std::min(holders.size(), kMostHolders);
    holders.resize(holders.size() - alive.more);
    alive.holders = std::move(holders);
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
    visits_[target_].visited = true;
    // Variables before stacks: a local of the function that asks is the least of news.
    for (const Place place : {Place::static_data, Place::thread_local_data, Place::user_root, Place::stack})
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
      for (const Edge& edge : heap_.edges_from(queue[next])) {
        if (visits_[edge.target].visited) continue;
        visits_[edge.target] = {queue[next], edge, true, visits_[queue[next]].end};
        queue.push_back(edge.target);
      }
    }
  }

  // What nobody holds but by pointers that only borrow, by all that is known.
  void visit_borrowed() {
    for (bool again = true; again;) {
      again = false;
      for (std::uint32_t p = 0; p < heap_.index.pointer_count(); ++p) {
        if (!heap_.borrowed[p]) continue;
        const NodeId from = heap_.graph.node_of_block(heap_.index.block_holding(heap_.index.pointer(p).address));
        const NodeId to = heap_.graph.node_of_block(heap_.index.target(p));
        if (!visits_[from].visited || visits_[to].visited) continue;
        visits_[to] = {from, HeapGraph::pointer_edge(p), true, visits_[from].end};
        go_on({to});
        again = true;
      }
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

  std::string cycle_id(std::uint32_t component) {
    const std::uint32_t cycle = heap_.cycles.of_component[component];
    return finding_id(shape_of_cycle(heap_, heap_.cycles.cycles[cycle], paths_));
  }

  // Every edge to the object is a strong reference or, where it has no count, a pointer.
  std::vector<Holder> holders_in_blocks() {
    std::vector<Holder> holders;
    for (NodeId node = 0; node < heap_.graph.node_count(); ++node) {
      for (const Edge& edge : heap_.edges_from(node)) {
        if (edge.target == target_ && HeapGraph::kind(edge) != EdgeKind::storage)
          holders.push_back(holder_of(node, edge));
      }
    }
    if (heap_.graph.is_plain(target_)) add_holders_without_count(holders);
    return holders;
  }

  // Memory has no count: whoever points to it may be the owner, but not what it holds itself, such as a container's nodes
  // that lead back to it.
  void add_holders_without_count(std::vector<Holder>& holders) {
    const std::uint32_t block = heap_.graph.block_of_plain(target_);
    for (std::uint32_t p = 0; p < heap_.index.pointer_count(); ++p) {
      if (heap_.index.target(p) != block || !heap_.borrowed[p]) continue;
      const std::uint32_t from = heap_.index.block_holding(heap_.index.pointer(p).address);
      holders.push_back(holder_of(heap_.graph.node_of_block(from), HeapGraph::pointer_edge(p)));
    }
    std::erase_if(holders, [](const Holder& holder) { return holder.end == WayEnd::itself; });
  }

  void add_holders_in_registers(std::vector<Holder>& holders) const {
    const auto& object = heap_.index.object(heap_.graph.object_of(target_));
    for (std::uint32_t i = 0; i < object.slot_count; ++i) {
      const std::uint32_t row = object.first_slot + i;
      const SlotMeaning meaning = heap_.verdicts.meanings[row];
      if (heap_.index.slot(row).place != Place::registers || meaning == SlotMeaning::dead) continue;
      Holder holder;
      holder.way.push_back({"", meaning == SlotMeaning::strong, {}, RootBlock{0, Place::registers, "", "", {}}});
      holders.push_back(std::move(holder));
    }
  }

  bool is_certain(const Edge& edge) const {
    const std::uint32_t row = HeapGraph::row(edge);
    if (HeapGraph::kind(edge) == EdgeKind::slot) return heap_.verdicts.meanings[row] == SlotMeaning::strong;
    return HeapGraph::kind(edge) != EdgeKind::pointer || !heap_.borrowed[row];
  }

  Holder holder_of(NodeId node, const Edge& last) {
    Holder holder;
    std::vector<Edge> way = {last};  // backwards, up to the next object or root
    holder.end = visits_[node].end;
    while (true) {
      const bool is_stop = !heap_.graph.is_plain(node) || visits_[node].from == kNoNode;
      if (is_stop) {
        holder.way.push_back(holding(node, way));
        way.clear();
      }
      if (node == target_ || visits_[node].from == kNoNode) break;
      const Visit visit = visits_[node];
      way.push_back(visit.edge);
      // From an object to its own control part is no step.
      const bool same = !heap_.graph.is_plain(node) && !heap_.graph.is_plain(visit.from) &&
                        heap_.graph.object_of(node) == heap_.graph.object_of(visit.from) &&
                        HeapGraph::kind(way.back()) == EdgeKind::storage;
      node = visit.from;
      if (!same) continue;
      way.clear();
      if (node == target_ || visits_[node].from == kNoNode) break;
      way.push_back(visits_[node].edge);
      node = visits_[node].from;
    }
    if (holder.end == WayEnd::cycle) holder.cycle = cycle_id(heap_.component(node));
    return holder;
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
    const std::uint32_t object = heap_.graph.object_of(node);
    const auto& row = heap_.index.object(object);
    result.type = heap_.typing.type_name(object);
    result.address = row.managed != 0 ? row.managed : row.control;
    result.size = heap_.index.size(object);
    result.use_count = row.use_count;
    result.weak_count = row.weak_count;
    result.stack = row.stack;
    return result;
  }

  const RootedSnapshot& rooted_;
  const Heap& heap_;
  TypeModel& types_;
  MemberPaths paths_;
  NodeId target_ = kNoNode;
  std::vector<Visit> visits_;  // by node
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
