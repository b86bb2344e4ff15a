// guesses.cpp - names a ring in which no block says what it is.
//
// The user's problem: objects without virtual functions own each other through
// boost::intrusive_ptr. Nothing in memory names their classes, and nobody from outside points
// at them with a type: they leak.
//
// But a class has demands. A block of it has its size; it has a count where the class counts, or, if that is
// in a block apart, its handles point to such counts; where the class has a handle to U lies
// a pointer to a U; and a block that handles to U point at is a U. So each
// untyped block on a ring of untyped blocks starts with all classes that fit it alone,
// of those that the program has handles to, and demands along the pointers strike
// classes out until nothing changes (arc consistency). Mostly one is left.
//
// Of several, the code that allocated the block knows: the constructor that runs next. If not
// that either, they are one to us as long as they agree where count and handles lie:
// then the cycle is the same whatever we call its objects, and the first by name is
// taken. Classes that do not agree name nothing: in doubt the block is a block.
//
// Cost: debug info of all modules is visited, so only when a ring of untyped blocks with possible counts is
// there. Each pointer is looked at again when one of its ends has lost a class.
//
// What it misses: a handle to a base class that has no virtual functions either.
#include "analysis/guesses.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "analysis/containers.h"
#include "graph/strong_components.h"

namespace gordian {
namespace {

using snapshot::kNone;

// Equal classes of several object files are one: by name and size.
using ClassNumber = std::uint32_t;
constexpr std::uint64_t kNoOffset = UINT64_MAX / 2;

struct HandledClass {
  TypeId type;
  std::uint64_t size;
  std::optional<std::uint64_t> count_at;  // none where handles to it count in a block apart
  // By the offset of the pointer to the object, what its handles are to; none where that is no class of ours.
  std::map<std::uint64_t, std::optional<ClassNumber>> handles;
  std::map<std::uint64_t, std::uint64_t>
      counts_apart;                    // by the offset of the pointer to a count: where in there
  std::set<std::uint64_t> containers;  // where a container's pointer to a node or buffer of it lies
  bool asked = false;                  // the above is known
};

// A pointer from one block in question to another one.
struct Arc {
  std::uint32_t from;    // block
  std::uint32_t to;      // block
  std::uint64_t offset;  // in `from`
};

class Guesser {
 public:
  Guesser(const HeapIndex& index, const Typing& typing, TypeModel& types)
      : index_(index), typing_(typing), types_(types) {}

  std::vector<TypeId> run() {
    find_questions();
    if (questions_.empty()) return {};
    list_classes();
    for (const std::uint32_t b : questions_) start(b);
    find_arcs();
    // First what no class at all can be: it has nothing to demand of others.
    for (const Arc& arc : arcs_) revise_container(arc);
    for (std::uint32_t a = 0; a < arcs_.size(); ++a) revisit(a);
    settle();
    // What is known of one block, told by its stack, comes before what makes no difference to another.
    for (const std::uint32_t b : questions_) choose(b, domain_[b].size() < 2 ? kNone : by_stack(b));
    for (const std::uint32_t b : questions_) choose(b, by_name(b));
    std::vector<TypeId> result(index_.block_count(), TypeId::none);
    bool any = false;
    for (const std::uint32_t b : questions_) {
      if (domain_[b].size() != 1 || !is_vouched_for(b)) continue;
      result[b] = classes_[domain_[b].front()].type;
      any = true;
    }
    return any ? result : std::vector<TypeId>();
  }

 private:
  bool is_untyped(std::uint32_t b) const {
    const auto& row = index_.block(b);
    return index_.plain(b) && row.vtable == kNone && row.flags == 0 &&
           (typing_.regions[b].kind == RegionKind::untyped || typing_.regions[b].kind == RegionKind::filled);
  }

  bool has_count(std::uint32_t b) const {
    const auto& counts = index_.snapshot().counts;
    const auto& row = index_.block(b);
    const auto at = first_count(row.address);
    return at != counts.end() && at->address - row.address < row.size;
  }
  RowVector<snapshot::CountRow>::const_iterator first_count(std::uint64_t address) const {
    const auto& counts = index_.snapshot().counts;
    return std::lower_bound(counts.begin(), counts.end(), address,
                            [](const auto& count, std::uint64_t a) { return count.address < a; });
  }

  // Untyped blocks on a ring of such, when there is a possible count anywhere.
  void find_questions() {
    const auto blocks = index_.block_count();
    bool any = false;
    for (std::uint32_t b = 0; b < blocks && !any; ++b) any = is_untyped(b) && has_count(b);
    if (!any) return;
    DirectedGraph graph;
    std::vector<bool> loops(blocks, false);
    for (std::uint32_t b = 0; b < blocks; ++b) {
      graph.add_node();
      if (!is_untyped(b)) continue;
      for (std::uint32_t p = index_.first_pointer(b); p < index_.end_pointer(b); ++p) {
        const std::uint32_t to = index_.target(p);
        if (to == kNone || !is_untyped(to)) continue;
        graph.add_edge(to, p);
        if (to == b && index_.pointer(p).value == index_.block(b).address) loops[b] = true;
      }
    }
    const Components components = strong_components(graph);
    domain_.resize(blocks);
    touching_.resize(blocks);
    asked_.assign(blocks, false);
    for (std::uint32_t b = 0; b < blocks; ++b) {
      if (!is_untyped(b)) continue;
      if (!loops[b] && components.members(components.of[b]).size() < 2) continue;
      questions_.push_back(b);
      asked_[b] = true;
    }
  }

  void list_classes() {
    for (const auto& [type, family, apart] : types_.counted_classes()) {
      const auto count_at = apart ? std::nullopt : types_.count_offset(type, family);
      if (!count_at && !apart) continue;
      const auto [at, is_new] = numbers_.try_emplace({types_.name(type), types_.size(type)},
                                                     static_cast<ClassNumber>(classes_.size()));
      if (is_new) classes_.push_back({type, types_.size(type), count_at, {}, {}, {}});
    }
  }

  static bool is_container(WordKind kind) {
    switch (kind) {
      case WordKind::vector_begin:
      case WordKind::deque_begin:
      case WordKind::buffers_begin:
      case WordKind::link:
      case WordKind::link_array:
        return true;
      default:
        return false;
    }
  }

  // The class with what its handles and containers demand.
  const HandledClass& demanding(ClassNumber number) {
    HandledClass& c = classes_[number];
    for (std::uint64_t at = 0; !c.asked && at < c.size; at += 8) {
      const Word word = types_.word_at(c.type, at);
      if (is_container(word.kind)) c.containers.insert(at);
      if (word.kind != WordKind::counted_handle) continue;
      const bool apart = word.managed != TypeId::none;
      const TypeId object = apart ? word.managed : word.element;
      const auto found = numbers_.find({types_.name(object), types_.size(object)});
      c.handles[at + static_cast<std::uint64_t>(std::int64_t{word.managed_at})] =
          found == numbers_.end() ? std::nullopt : std::optional(found->second);
      if (apart) c.counts_apart[at] = types_.count_offset(word.element, word.family).value_or(kNoOffset);
    }
    c.asked = true;
    return c;
  }

  bool has_count_at(std::uint64_t address) const {
    const auto count = first_count(address);
    return count != index_.snapshot().counts.end() && count->address == address;
  }

  // Whether a block beside the ring may be of the class, or of one that derives from it.
  bool may_hold(std::uint32_t b, ClassNumber number) const {
    const HandledClass& c = classes_[number];
    return c.size <= index_.block(b).size &&
           (!c.count_at || has_count_at(index_.block(b).address + *c.count_at));
  }

  // How many counts apart a block of that class points to; none where it points to something else instead.
  std::optional<std::size_t> counts_pointed_to(std::uint32_t b, ClassNumber number) {
    std::size_t found = 0;
    for (const auto& [at, count_at] : demanding(number).counts_apart) {
      const auto value = pointer_at(index_, b, index_.block(b).address + at);
      if (!value) continue;
      if (!has_count_at(*value + count_at)) return std::nullopt;
      ++found;
    }
    return found;
  }

  // The classes whose size and counts fit.
  void start(std::uint32_t b) {
    for (ClassNumber c = 0; c < classes_.size(); ++c) {
      if (classes_[c].size == index_.block(b).size && may_hold(b, c) && counts_pointed_to(b, c))
        domain_[b].push_back(c);
    }
  }

  // Whether more than its size speaks for the class: a count in the block, or one that it points to.
  bool shows(std::uint32_t b, ClassNumber c) {
    return classes_[c].count_at || counts_pointed_to(b, c).value_or(0) != 0;
  }
  // Likewise the code that made it, or a handle in a block whose class shows.
  bool is_vouched_for(std::uint32_t b) {
    const ClassNumber c = domain_[b].front();
    if (shows(b, c) || c == by_stack(b)) return true;
    return std::any_of(touching_[b].begin(), touching_[b].end(), [&](std::uint32_t a) {
      const Arc& arc = arcs_[a];
      if (arc.to != b || domain_[arc.from].size() != 1 || !shows(arc.from, domain_[arc.from].front()))
        return false;
      const auto& handles = demanding(domain_[arc.from].front()).handles;
      const auto handle = handles.find(arc.offset);
      return handle != handles.end() && handle->second == c;
    });
  }

  void find_arcs() {
    for (const std::uint32_t b : questions_) {
      for (std::uint32_t p = index_.first_pointer(b); p < index_.end_pointer(b); ++p) {
        const std::uint32_t to = index_.target(p);
        if (to == kNone) continue;
        touching_[b].push_back(static_cast<std::uint32_t>(arcs_.size()));
        if (to != b) touching_[to].push_back(static_cast<std::uint32_t>(arcs_.size()));
        arcs_.push_back({b, to, index_.pointer(p).address - index_.block(b).address});
      }
    }
    waiting_.assign(arcs_.size(), false);
  }

  void revisit(std::uint32_t arc) {
    if (waiting_[arc]) return;
    waiting_[arc] = true;
    work_.push_back(arc);
  }
  void revisit_around(std::uint32_t b) {
    for (const std::uint32_t arc : touching_[b]) revisit(arc);
  }

  static bool contains(const std::vector<ClassNumber>& domain, ClassNumber c) {
    return std::find(domain.begin(), domain.end(), c) != domain.end();
  }

  // Strikes out what an arc's two ends do not allow each other.
  void revise(const Arc& arc) {
    auto& from = domain_[arc.from];
    const std::size_t struck = std::erase_if(from, [&](ClassNumber c) {
      const auto handle = demanding(c).handles.find(arc.offset);
      // What it points to was typed already: then it is not for us to doubt.
      if (handle == classes_[c].handles.end() || !is_untyped(arc.to)) return false;
      const auto target = handle->second;
      if (!target) return true;
      return asked_[arc.to] ? !contains(domain_[arc.to], *target) : !may_hold(arc.to, *target);
    });
    if (struck != 0) revisit_around(arc.from);
    if (!asked_[arc.to] || from.empty()) return;
    std::vector<ClassNumber> wanted;
    for (const ClassNumber c : from) {
      const auto handle = demanding(c).handles.find(arc.offset);
      if (handle == classes_[c].handles.end() || !handle->second) return;
      wanted.push_back(*handle->second);
    }
    if (std::erase_if(domain_[arc.to], [&](ClassNumber c) { return !contains(wanted, c); }) != 0)
      revisit_around(arc.to);
  }

  // What a container holds its values in is none of our classes, though by its size and the numbers in it it
  // may look like one.
  void revise_container(const Arc& arc) {
    const auto& from = domain_[arc.from];
    if (arc.to == arc.from || from.empty() || domain_[arc.to].empty()) return;
    const auto points_to_part = [&](ClassNumber c) { return demanding(c).containers.contains(arc.offset); };
    if (!std::all_of(from.begin(), from.end(), points_to_part)) return;
    domain_[arc.to].clear();
    revisit_around(arc.to);
  }

  void settle() {
    while (!work_.empty()) {
      const std::uint32_t arc = work_.back();
      work_.pop_back();
      waiting_[arc] = false;
      revise_container(arcs_[arc]);
      revise(arcs_[arc]);
    }
  }

  // Leaves one of several classes; none chosen leaves them all.
  void choose(std::uint32_t b, ClassNumber chosen) {
    if (chosen == kNone || domain_[b].size() < 2) return;
    domain_[b] = {chosen};
    revisit_around(b);
    settle();
  }

  ClassNumber by_stack(std::uint32_t b) {
    for (const TypeId type : types_.allocated_by(index_.snapshot().stack(index_.block(b).stack))) {
      const auto found = numbers_.find({types_.name(type), types_.size(type)});
      if (found != numbers_.end() && contains(domain_[b], found->second)) return found->second;
    }
    return kNone;
  }

  ClassNumber by_name(std::uint32_t b) {
    if (domain_[b].size() < 2 || !shows(b, domain_[b].front()) || !agree(b)) return kNone;
    return *std::min_element(domain_[b].begin(), domain_[b].end(), [&](ClassNumber x, ClassNumber y) {
      return types_.name(classes_[x].type) < types_.name(classes_[y].type);
    });
  }

  // Whether it makes no difference to what a cycle is which of the classes it is.
  bool agree(std::uint32_t b) {
    const HandledClass& first = demanding(domain_[b].front());
    return std::all_of(domain_[b].begin(), domain_[b].end(), [&](ClassNumber number) {
      const HandledClass& c = demanding(number);
      const auto same_place = [](const auto& x, const auto& y) { return x.first == y.first; };
      return c.count_at == first.count_at && c.counts_apart == first.counts_apart &&
             std::equal(c.handles.begin(), c.handles.end(), first.handles.begin(), first.handles.end(),
                        same_place);
    });
  }

  const HeapIndex& index_;
  const Typing& typing_;
  TypeModel& types_;
  std::vector<std::uint32_t> questions_;          // blocks
  std::vector<bool> asked_;                       // by block: it is among them
  std::vector<std::vector<ClassNumber>> domain_;  // by block: what it may be
  std::vector<HandledClass> classes_;
  std::map<std::pair<std::string, std::uint64_t>, ClassNumber> numbers_;  // by name and size
  std::vector<Arc> arcs_;
  std::vector<std::vector<std::uint32_t>> touching_;  // by block: arcs
  std::vector<std::uint32_t> work_;                   // arcs to look at (again)
  std::vector<bool> waiting_;                         // by arc: it is in work_
};

}  // namespace

std::vector<TypeId> guess_counted(const HeapIndex& index, const Typing& typing, TypeModel& types) {
  return Guesser(index, typing, types).run();
}

}  // namespace gordian
