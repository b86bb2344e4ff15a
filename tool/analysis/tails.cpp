// tails.cpp - what would be freed with a cycle, and which of its members has the most of it.
//
// The user's problem: a cycle of two small objects keeps 40 MB alive. Which of its members is it?
//
// As a graph: what only this cycle holds (holders.h), contracted to strong components, has no
// cycles and hangs on the cycle as on a root. Dominators say who alone keeps what: a part that the
// cycle holds by two members is a tail of its own, and one that only another part holds
// belongs to that part's. The tails are the children of the root; those that hang on the same member
// are told as one, with the objects and bytes of all below.
//
// Cost: linear but for a logarithm in finding dominators, once per finding: for the instance that is shown.
// What it misses: of a tail that two members hold only the first is named.
#include "analysis/tails.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "graph/dominators.h"

namespace gordian {
namespace {

using snapshot::kNone;

class Tails {
 public:
  Tails(const Heap& heap, const Holders& holders, MemberPaths& paths, std::vector<std::uint32_t>& local,
        std::uint32_t cycle)
      : heap_(heap), holders_(holders), paths_(paths), local_(local), cycle_(cycle) {}

  std::vector<Tail> find() {
    collect();
    std::sort(parts_.begin(), parts_.end(), std::greater<>());
    for (std::uint32_t i = 0; i < parts_.size(); ++i) local_[parts_[i]] = i;
    find_dominators();
    add_up();
    for (const std::uint32_t part : parts_) local_[part] = kNone;
    for (const std::uint32_t part : own_) local_[part] = kNone;
    return by_member();
  }

 private:
  struct Sum {
    std::uint64_t objects = 0;
    std::uint64_t bytes = 0;
  };

  // The cycle and its objects' other halves.
  void mark_own(std::uint32_t component) {
    if (local_[component] != kNone) return;
    local_[component] = kOwn;
    own_.push_back(component);
  }

  void collect() {
    mark_own(heap_.cycles.cycles[cycle_].component);
    for_each_object(heap_.graph, heap_.cycles.components, heap_.cycles.cycles[cycle_].component,
                    [&](std::uint32_t object, NodeId) {
                      mark_own(heap_.component(heap_.graph.whole(object)));
                      mark_own(heap_.component(heap_.graph.control_part(object)));
                    });
    for (const std::uint32_t own : own_) reach_from(own);
    for (std::size_t next = 0; next < parts_.size(); ++next) reach_from(parts_[next]);
  }

  void reach_from(std::uint32_t component) {
    for_each_edge(component, [&](const Edge&, std::uint32_t to) {
      if (local_[to] != kNone || holders_.holder[to] != cycle_) return;
      local_[to] = kReached;
      parts_.push_back(to);
    });
  }

  template <class Visit>
  void for_each_edge(std::uint32_t component, Visit&& visit) const {
    for (const NodeId node : heap_.cycles.components.members(component)) {
      for (const Edge& edge : heap_.edges_from(node)) {
        if (const std::uint32_t to = heap_.component(edge.target); to != component) visit(edge, to);
      }
    }
  }

  bool is_part(std::uint32_t component) const { return local_[component] < parts_.size(); }

  // The parts are in topological order: all that hold one come before it.
  void find_dominators() {
    dominators_.emplace(static_cast<std::uint32_t>(parts_.size()));
    entry_.assign(parts_.size(), Edge{kNoNode, 0});
    for (const std::uint32_t own : own_) {
      for_each_edge(own, [&](const Edge& edge, std::uint32_t to) {
        if (!is_part(to)) return;
        dominators_->add_holder(local_[to], DominatorTree::kRoot);
        if (entry_[local_[to]].target == kNoNode) entry_[local_[to]] = edge;
      });
    }
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
      for_each_edge(parts_[i], [&](const Edge&, std::uint32_t to) {
        if (is_part(to)) dominators_->add_holder(local_[to], i);
      });
    }
  }

  void add_up() {
    sums_.resize(parts_.size());
    for (std::uint32_t i = static_cast<std::uint32_t>(parts_.size()); i-- > 0;) {
      for (const NodeId node : heap_.cycles.components.members(parts_[i])) {
        sums_[i].objects += heap_.graph.is_whole(node) && !heap_.index.expired(heap_.graph.object_of(node));
        sums_[i].bytes += heap_.graph.bytes(node);
      }
      const std::uint32_t above = dominators_->parent(i);
      if (above == DominatorTree::kRoot) continue;
      sums_[above].objects += sums_[i].objects;
      sums_[above].bytes += sums_[i].bytes;
    }
  }

  std::string name_of(const Edge& edge) {
    if (HeapGraph::kind(edge) == EdgeKind::slot)
      return paths_.path(paths_.of_slot(HeapGraph::row(edge))).text;
    if (HeapGraph::kind(edge) == EdgeKind::storage) return "";
    return member_at(heap_, edge).value_or(path_along(heap_, std::span(&edge, 1)));
  }

  std::vector<Tail> by_member() {
    std::map<std::string, Tail> tails;
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
      if (dominators_->parent(i) != DominatorTree::kRoot || entry_[i].target == kNoNode) continue;
      const std::string name = name_of(entry_[i]);
      const NodeId node = entry_[i].target;
      const std::string type =
          heap_.graph.is_whole(node) ? heap_.typing.type_name(heap_.graph.object_of(node)) : "";
      const auto [at, is_new] = tails.try_emplace(name, Tail{name, type, 0, 0});
      if (at->second.type != type) at->second.type.clear();
      at->second.objects += sums_[i].objects;
      at->second.bytes += sums_[i].bytes;
    }
    std::vector<Tail> largest;
    for (auto& [name, tail] : tails) {
      if (!name.empty() && tail.bytes != 0) largest.push_back(std::move(tail));
    }
    std::stable_sort(largest.begin(), largest.end(),
                     [](const Tail& a, const Tail& b) { return a.bytes > b.bytes; });
    if (largest.size() > kShownTails) largest.resize(kShownTails);
    return largest;
  }

  static constexpr std::uint32_t kOwn = kNone - 1, kReached = kNone - 2;

  const Heap& heap_;
  const Holders& holders_;
  MemberPaths& paths_;
  std::vector<std::uint32_t>& local_;
  const std::uint32_t cycle_;
  std::vector<std::uint32_t> own_;    // components
  std::vector<std::uint32_t> parts_;  // components that hang on these, those that hold others before them
  std::optional<DominatorTree> dominators_;
  std::vector<Edge> entry_;  // by part: the first edge of the cycle's own to it
  std::vector<Sum> sums_;    // by part: with all it dominates
};

}  // namespace

TailFinder::TailFinder(const Heap& heap, const Holders& holders)
    : heap_(heap), holders_(holders), paths_(heap), local_(heap.cycles.components.count, kNone) {}

std::vector<Tail> TailFinder::of(std::uint32_t cycle) {
  return Tails(heap_, holders_, paths_, local_, cycle).find();
}

}  // namespace gordian
