// findings.h - the verdict: what analyse() concludes and every report format prints.
//
// Mirrors report.schema.json: a Finding is one cause (all cycles, or all orphans, of
// one shape) with one example instance. Stacks are kept as row numbers; whoever
// prints resolves them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gordian {

enum class FindingKind { cycle, orphan };
enum class Evidence { proved, likely };
enum class Role { cycle, retained, orphan };
enum class Strength { strong, weak };

// Whether a run may fail for it: an orphan that is only likely may have an owner that the optimiser hid.
constexpr bool can_fail(FindingKind kind, Evidence evidence) {
  return kind == FindingKind::cycle || evidence == Evidence::proved;
}

// As every file has them.
constexpr const char* kind_word(FindingKind kind) {
  return kind == FindingKind::cycle ? "cycle" : "orphan";
}
constexpr const char* evidence_word(Evidence evidence) {
  return evidence == Evidence::proved ? "proved" : "likely";
}

// Whether `text` has the form of a finding's id.
constexpr bool is_finding_id(std::string_view text) {
  return text.size() == 8 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// A place in the program's source.
struct SourcePosition {
  std::string file;  // as the compiler was told, made absolute where debug info says from where
  int line = 0;      // 0: not known

  bool operator==(const SourcePosition&) const = default;
};

struct FoundObject {
  std::uint32_t id = 0;  // 1 for the first shown; unique within the finding
  std::string type;      // "Tree"; "<unknown type>" when nothing is known
  std::string family = "std";
  std::uint64_t address = 0;  // of the managed object when known, else of the control block
  std::uint64_t size = 0;     // requested bytes of its own blocks: control block and managed object
  std::uint32_t use_count = 0;
  std::uint32_t weak_count = 0;
  std::uint32_t located_strong = 0;
  Role role = Role::cycle;
  std::uint32_t stack = 0;       // row in Snapshot::stacks of the allocation; 0 when not recorded
  bool announced_there = false;  // that is the stack of the constructor that announced it
};

struct FoundReference {
  std::uint32_t from = 0;  // FoundObject::id
  std::uint32_t to = 0;
  Strength strength = Strength::strong;
  std::optional<std::string> member;       // Tree::kids; none without debug info
  std::optional<SourcePosition> declared;  // where `member` is; none when debug info does not say
  std::optional<std::string> field;        // where the path ends: Edge::to of Graph::edges[3].to
  std::string path;                        // Tree::kids[1]; +0x18 without debug info
  std::optional<std::string> type;         // std::shared_ptr<Tree>
  std::uint64_t offset = 0;                // of the handle from the start of the object it lies in
  std::uint32_t taken = 0;                 // stack row, when the shim recorded it
};

// "World::rows" of the path World::rows -> +0x10 -> +0x8: up to memory of which nothing has a name. "" where a name
// follows, or there is no such memory.
inline std::string_view before_offsets(std::string_view path) {
  const std::size_t at = path.find(" -> +0x");
  const bool is_named = at == std::string_view::npos || path.find_first_not_of(" ->+x0123456789abcdef", at) != std::string_view::npos;
  return is_named ? std::string_view() : path.substr(0, at);
}

// What goes when references are cut, over all instances of a finding.
struct Freed {
  std::uint64_t objects = 0;
  std::uint64_t bytes = 0;

  bool operator==(const Freed&) const = default;
};

struct Cut {
  // What to change: a reference's field.
  std::optional<std::string> member;
  std::optional<SourcePosition> declared;  // where `member` is; none when debug info does not say
  std::string path;
  std::string advice;  // the change to make, starting with a lower-case verb, without a full stop
  std::string reason;  // a sentence or two
  bool breaks_all = false;
  bool as_good = false;  // as the first one, for all that the heap tells
  std::optional<Freed>
      frees{};  // once all references of this member are gone; none where that was not counted
  std::string holder{};  // type of the object that the references lie in: without names many have one path
};

// The heap block that leads to a lost handle, and to which nothing points: whoever was to free it lost it.
struct HangsOn {
  std::uint64_t bytes = 0;  // as requested
  std::uint32_t stack = 0;  // row in Snapshot::stacks of its allocation; 0 when not recorded
};

// Heap blocks of one kind with a strong reference to an orphan, that nobody owns.
struct LostHolder {
  std::uint64_t bytes = 0;   // of a block, as requested
  std::uint64_t offset = 0;  // of the handle in it
  std::string path;          // to the handle from where the types start to be known; else ""
  std::uint32_t stack = 0;   // row in Snapshot::stacks of the block's allocation; 0 when not recorded
  std::optional<HangsOn> hangs_on{};  // none: nothing points to the block itself
  std::uint64_t references = 0;       // that lie like this, over all instances
};

// What one cycle holds by one of its members, and nothing else does.
struct Tail {
  std::string path;           // Session::cache
  std::string type;           // of the objects that hang there; "" when several, or none is the first
  std::uint64_t objects = 0;  // with all below them
  std::uint64_t bytes = 0;    // of every block that would be freed
};

// A member of the objects of one large cycle, with its references between them.
struct ClosingMember {
  std::string path;       // Node::kids[]
  std::string from_type;  // of the object that has it; "" when not known
  std::string to_type;    // of the objects that it refers to; "" when several
  std::uint64_t references = 0;
  std::vector<std::string> shortest;      // members round a shortest cycle through one, itself first; capped
  std::uint64_t shortest_references = 0;  // in that cycle; 0 when none was found in time
};

// An object of a large cycle that many references lead to or start from.
struct Hub {
  std::string type;
  std::uint64_t held = 0;   // by that many references
  std::uint64_t holds = 0;  // that many
};

// The inside of a cycle with more objects than are shown.
struct Structure {
  std::vector<ClosingMember> members;  // those with the most references
  std::uint64_t members_in_all = 0;
  std::vector<Hub> hubs;  // the largest first; often none
};

// Instances of a finding whose own objects come from the same places.
struct Allocations {
  std::vector<std::uint32_t> stacks;  // rows in Snapshot::stacks, sorted, each once; 0 where not recorded
  std::uint64_t instances = 0;
};

// All instances of a finding, for who looks for one by what it is made of.
struct Footprint {
  std::vector<std::string> types;    // of the objects in the cycle, or of the orphan; each once
  std::vector<std::string> members;  // of the references in the cycle: member, field and whole path
  std::vector<Allocations> allocations;
};

enum class AcceptedBy { program, rule, baseline };  // program: gordian_ignore()

// Why a finding is accepted: it is told, and fails nothing.
struct Acceptance {
  AcceptedBy by = AcceptedBy::rule;
  std::string where;            // "gordian.suppressions:3", "baseline.json"; "" for the program itself
  std::string rule;             // "type:Session"; in a baseline the id; "gordian_ignore()"
  std::string reason;           // as given; "" where none is
  std::uint64_t instances = 0;  // that the baseline has
};

inline constexpr std::uint64_t kNotCounted = ~std::uint64_t{0};

struct Finding {
  std::string id;  // eight lower-case hex digits
  FindingKind kind = FindingKind::cycle;
  bool root = true;                  // no other finding holds this one
  std::vector<std::string> held_by;  // ids of those that do, sorted; none where each instance has several
  std::uint64_t instances = 1;       // cycles (or orphans) of this shape
  Evidence evidence = Evidence::proved;
  std::uint64_t cycle_objects = 0;   // in the instance that is shown; for an orphan: 0
  std::uint64_t fewest_objects = 0;  // in any instance's cycle
  std::uint64_t most_objects = 0;
  std::uint64_t retained_objects = 0;      // in one instance: what only it holds
  std::uint64_t bytes = 0;                 // over all instances: every block that would be freed
  std::uint64_t objects_held = 0;          // likewise: every object; kNotCounted where only a report is left
  std::vector<FoundObject> objects;        // one example: round the cycle, then retained ones
  std::vector<FoundReference> references;  // between the objects shown
  std::uint64_t omitted = 0;               // objects of the example left out for length
  std::optional<Structure> structure;      // of the example, when its cycle is too large to be shown whole
  std::vector<Tail> tails;                 // of the example: its largest ones, the largest first
  std::vector<LostHolder> lost_holders;  // of an orphan, the most references first, capped; none for a cycle
  std::vector<Cut> cuts;                 // best first; none for an orphan
  std::uint64_t own_objects = 0;         // over all instances: those in the cycles, or the orphans
  Footprint footprint;
  std::optional<Acceptance> accepted;
  std::vector<std::string> seen_by;  // of several reports: a line for each process that had it
  std::optional<std::uint64_t> instances_before;  // at the check before; none where there was none
};

// The check before in the same process.
struct EarlierCheck {
  std::uint32_t number = 0;   // 1 for the first
  std::uint64_t seconds = 0;  // ago
  std::uint64_t gone = 0;     // findings of it that are no more
};

// Objects of one type from one place, owned or not, of which there are more than at the check before.
struct GrownSite {
  std::string type;
  std::uint32_t stack = 0;  // row in Snapshot::stacks; 0 when not recorded
  std::uint64_t before = 0;
  std::uint64_t now = 0;
  std::uint64_t rises = 1;  // at that many checks there were more, and at none since the first of these fewer
};

struct Findings {
  std::vector<Finding> findings;  // cycles before orphans, proved before likely, held by none first, the larger first, then by id
  // Totals, without what is accepted.
  std::uint64_t cycles = 0;  // instances over all cycle findings
  std::uint64_t objects_in_cycles = 0;
  std::uint64_t objects_retained = 0;
  std::uint64_t orphans = 0;  // instances over all orphan findings
  std::uint64_t bytes = 0;
  std::vector<std::string> notes;         // what limited the verdict, one sentence each
  std::vector<std::string> unused_rules;  // "gordian.suppressions:3: type:Session"
  std::optional<EarlierCheck> earlier;
  std::vector<GrownSite> grown;  // what grew most first
};

}  // namespace gordian
