// analyse.cpp - from the snapshot to findings: the table of contents of the analysis.
//
//   heap.h       what the words are, who owns what, which cycles nobody owns
//   shape.cpp    which of them are one finding
//   holders.cpp  what they retain, and what is an orphan
//   example.cpp  the instance to show
//   structure.cpp  what it is made of, when it is too large for that
//   lost.cpp     where the reference to an orphan was lost
//   tails.cpp    which member holds how much of what it retains
//   cuts.cpp     where to cut
//   footprint.cpp  what rules that accept findings are held against
//
// Time and memory are linear in the snapshot but for sorting. At its peak the analysis
// holds some 200 bytes for an object with one block and one slot, the snapshot aside.
#include "analysis/analyse.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "analysis/cuts.h"
#include "analysis/example.h"
#include "analysis/footprint.h"
#include "analysis/heap.h"
#include "analysis/holders.h"
#include "analysis/lost.h"
#include "analysis/notes.h"
#include "analysis/shape.h"
#include "analysis/structure.h"
#include "analysis/tails.h"

namespace gordian {
namespace {

using snapshot::kNone;

// One finding in the making: the cycles or the orphans of one shape, the first-born first.
struct Cause {
  CauseKey key;
  std::vector<std::uint32_t> instances;
  Finding finding;
};

// How the program has accepted the instances: each of them may have a reason of its own.
Acceptance meant(const Heap& heap, const Holders& holders, const Cause& cause) {
  std::set<std::string> reasons;
  for (const std::uint32_t i : cause.instances) {
    const bool is_cycle = cause.finding.kind == FindingKind::cycle;
    const std::uint8_t mark = is_cycle ? heap.cycles.cycles[i].ignored : holders.orphans[i].ignored;
    reasons.insert(heap.ownership.reasons[mark - 1]);
  }
  reasons.erase("");
  std::string words;
  for (const std::string& reason : reasons) words += (words.empty() ? "" : "; or because ") + reason;
  return {AcceptedBy::program, "", words.empty() ? "gordian_ignore()" : "gordian_expect_leak()", words, 0};
}

std::vector<std::uint32_t> group_cycles(const Heap& heap, std::vector<Cause>& causes) {
  std::map<CauseKey, std::uint32_t> known;
  std::vector<std::uint32_t> cause_of_cycle;
  MemberPaths paths(heap);
  for (std::uint32_t c = 0; c < heap.cycles.cycles.size(); ++c) {
    const Cycle& cycle = heap.cycles.cycles[c];
    const CauseKey key{shape_of_cycle(heap, cycle, paths), cycle.ignored != 0};
    const auto [at, is_new] = known.try_emplace(key, static_cast<std::uint32_t>(causes.size()));
    if (is_new) causes.push_back({key, {}, {}});
    causes[at->second].instances.push_back(c);
    cause_of_cycle.push_back(at->second);
  }
  return cause_of_cycle;
}

void group_orphans(const Heap& heap, const Holders& holders, std::vector<Cause>& causes) {
  const std::size_t first = causes.size();
  for (const CauseKey& key : holders.orphan_causes) causes.push_back({key, {}, {}});
  for (std::uint32_t o = 0; o < holders.orphans.size(); ++o) {
    causes[holders.orphans[o].cause].instances.push_back(o);
  }
  for (std::size_t i = first; i < causes.size(); ++i) {
    auto& instances = causes[i].instances;
    std::sort(instances.begin(), instances.end(), [&](std::uint32_t a, std::uint32_t b) {
      return heap.index.seniority(holders.orphans[a].object) <
             heap.index.seniority(holders.orphans[b].object);
    });
  }
}

void describe_cycles(const Heap& heap, const Holders& holders, std::uint32_t number, Cause& cause) {
  Finding& finding = cause.finding;
  finding.kind = FindingKind::cycle;
  finding.cycle_objects = heap.cycles.cycles[cause.instances.front()].objects;
  finding.fewest_objects = finding.most_objects = finding.cycle_objects;
  finding.root = false;
  bool proved = true;
  for (const std::uint32_t c : cause.instances) {
    const std::uint64_t objects = heap.cycles.cycles[c].objects;
    finding.fewest_objects = std::min(finding.fewest_objects, objects);
    finding.most_objects = std::max(finding.most_objects, objects);
    proved &= heap.cycles.cycles[c].proved;
    const std::uint32_t above = holders.cause_above[c];
    finding.root |= above == kNobody || above == number;
  }
  finding.evidence = proved ? Evidence::proved : Evidence::likely;
}

// The ids of the causes that hold all cycles of another.
void name_holders(const Holders& holders, std::span<const Cause> causes, Cause& held) {
  if (held.finding.root) return;
  std::set<std::string> ids;
  for (const std::uint32_t c : held.instances) {
    const std::uint32_t above = holders.cause_above[c];
    if (above < causes.size()) ids.insert(finding_id(causes[above].key.shape));
  }
  held.finding.held_by.assign(ids.begin(), ids.end());
}

void describe_orphans(const Holders& holders, Cause& cause) {
  cause.finding.kind = FindingKind::orphan;
  bool proved = true;
  for (const std::uint32_t o : cause.instances) proved &= holders.orphans[o].proved;
  cause.finding.evidence = proved ? Evidence::proved : Evidence::likely;
}

// Bytes of each finding, what its example retains, and the totals.
void add_up(const Heap& heap, const Holders& holders, std::vector<Cause>& causes, Findings& result) {
  const auto cycles = static_cast<std::uint32_t>(heap.cycles.cycles.size());
  std::unordered_map<std::uint32_t, std::uint32_t> cause_of_example;  // by holder
  for (std::uint32_t i = 0; i < causes.size(); ++i) {
    const bool is_cycle = causes[i].finding.kind == FindingKind::cycle;
    cause_of_example[causes[i].instances.front() + (is_cycle ? 0 : cycles)] = i;
  }
  std::vector<bool> in_cycle(heap.index.object_count(), false);
  for (const Cycle& cycle : heap.cycles.cycles) {
    for_each_object(heap.graph, heap.cycles.components, cycle.component,
                    [&](std::uint32_t object, NodeId) { in_cycle[object] = true; });
  }
  result.objects_in_cycles = static_cast<std::uint64_t>(std::count(in_cycle.begin(), in_cycle.end(), true));
  for (NodeId node = 0; node < heap.graph.node_count(); ++node) {
    const std::uint32_t component = heap.component(node);
    const std::uint32_t holder = holders.holder[component];
    if (holder == kNobody) continue;
    result.bytes += heap.graph.bytes(node);
    if (holders.cause[component] < causes.size()) {
      Finding& finding = causes[holders.cause[component]].finding;
      finding.bytes += heap.graph.bytes(node);
      finding.objects_held += heap.graph.is_whole(node);
    }
    if (!heap.graph.is_whole(node)) continue;
    const std::uint32_t object = heap.graph.object_of(node);
    const bool is_orphan =
        holder >= cycles && holder < kSeveralOrphans && holders.orphans[holder - cycles].object == object;
    if (heap.cycles.of_component[component] != kNone || is_orphan) continue;
    // One whose control part closes another cycle is counted with that cycle's objects.
    result.objects_retained += !in_cycle[object] && (holder < cycles || holder == kSeveralCycles);
    const auto example = cause_of_example.find(holder);
    if (example != cause_of_example.end()) ++causes[example->second].finding.retained_objects;
  }
}

void place_orphans(const LostPlaces& places, const Holders& holders, Cause& cause) {
  std::vector<std::uint32_t> objects;
  for (const std::uint32_t o : cause.instances) objects.push_back(holders.orphans[o].object);
  cause.finding.lost_holders = places.of(objects);
}

bool comes_before(const Finding& a, const Finding& b) {
  const auto key = [](const Finding& f) {
    return std::tuple(f.kind, f.evidence, !f.root, ~f.bytes, std::string_view(f.id));
  };
  return key(a) < key(b);
}

}  // namespace

Findings analyse(const Snapshot& snapshot, TypeModel& types) {
  const Heap heap(snapshot, types);

  std::vector<Cause> causes;
  const std::vector<std::uint32_t> cause_of_cycle = group_cycles(heap, causes);
  const auto cycle_causes = static_cast<std::uint32_t>(causes.size());
  const Holders holders = find_holders(heap, cause_of_cycle, cycle_causes);
  group_orphans(heap, holders, causes);
  for (std::uint32_t i = 0; i < causes.size(); ++i) {
    if (i < cycle_causes) {
      describe_cycles(heap, holders, i, causes[i]);
    } else {
      describe_orphans(holders, causes[i]);
    }
  }

  Findings result;
  add_up(heap, holders, causes, result);
  ExampleMaker examples(heap, holders);
  StructureFinder structures(heap);
  TailFinder tails(heap, holders);
  CutFinder cuts(heap, holders);
  std::optional<LostPlaces> places;
  if (!holders.orphans.empty()) places.emplace(heap);
  for (Cause& cause : causes) {
    cause.finding.id = finding_id(cause.key.shape);
    if (cause.key.ignored) cause.finding.accepted = meant(heap, holders, cause);
    cause.finding.instances = cause.instances.size();
    if (cause.finding.kind == FindingKind::cycle) {
      result.cycles += cause.instances.size();
      name_holders(holders, causes, cause);
      examples.show_cycle(cause.instances.front(), cause.finding);
      cause.finding.structure = structures.of(cause.instances.front());
      cause.finding.tails = tails.of(cause.instances.front());
      cause.finding.cuts = cuts.propose(cause.instances, cause.finding);
      note_cycles(heap, cause.instances, cause.finding);
    } else {
      result.orphans += cause.instances.size();
      examples.show_orphan(cause.instances.front(), cause.finding);
      place_orphans(*places, holders, cause);
      note_orphans(heap, holders, cause.instances, cause.finding);
    }
    result.findings.push_back(std::move(cause.finding));
  }
  std::stable_sort(result.findings.begin(), result.findings.end(), comes_before);
  result.notes = notes_on(heap);
  return result;
}

}  // namespace gordian
