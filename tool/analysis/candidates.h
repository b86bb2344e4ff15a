// candidates.h - the members whose references close the cycles of one finding, and what
// speaks for cutting each.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/heap.h"
#include "analysis/paths.h"

namespace gordian {

// One member, with all references through it that close a cycle.
struct Candidate {
  std::uint32_t path = 0;     // in MemberPaths; of the example
  bool is_joined = false;     // whatever lies at offsets behind the member of that path
  std::uint32_t example = 0;  // row of one of its slots, the first met
  std::uint64_t references = 0;
  std::uint64_t targets = 0;   // objects that they lead to
  std::uint64_t backward = 0;  // of the references: to an object allocated earlier, or to the holder itself
  std::uint64_t to_first = 0;  // to the first-born of its cycle
  std::uint64_t to_self = 0;   // to the holder itself
  std::uint64_t births_unknown = 0;             // where order of allocation is only guessed from addresses
  std::uint32_t holder_type = snapshot::kNone;  // of the example: index in type_names
  std::uint32_t target_type = snapshot::kNone;  // index in type_names; kNone when they differ
  bool librarys = false;    // a member of a library's own class, and no capture: nobody will change it
  bool back_name = false;   // called parent, owner, prev, self, ...
  bool vague_name = false;  // called host, container, ...: these lead up as well as down
  bool capture = false;     // captured by a closure, or bound
};

class CandidateList {
 public:
  CandidateList(const Heap& heap, MemberPaths& paths) : heap_(heap), paths_(paths) {}

  // Notes that the slot `row`, a strong edge of `cycle`, is one of its member's references.
  // Returns the number of the candidate.
  std::uint32_t add(const Cycle& cycle, std::uint32_t row);
  // To be called when all have been added.
  void count_targets();

  // The candidate that the slot `row` is a reference of; kNone when no such was added.
  std::uint32_t find(std::uint32_t row) const;

  // What the references may be called by, each once and sorted: member, field and whole path.
  std::vector<std::string> names() const;

  // Their numbers, in the order in which a maintainer would try them. Whether they break every
  // cycle is not looked at.
  std::vector<std::uint32_t> ranked() const;
  // Nothing but counts and names decides which of the two comes first in that order.
  bool equally_good(std::uint32_t a, std::uint32_t b) const;
  // "World::rows" of World::rows -> +0x10, where nothing behind the member has a name; "" for any other.
  std::string_view name_before_offsets(std::uint32_t number) const;
  // All of them as one; the path is what comes before the offsets.
  Candidate joined(std::span<const std::uint32_t> numbers) const;

  const Candidate& operator[](std::uint32_t number) const { return candidates_[number]; }
  std::size_t size() const { return candidates_.size(); }

 private:
  // Equal for all references that one change to the program takes away.
  std::uint64_t key_of(std::uint32_t path) const;
  Candidate describe(std::uint32_t path, std::uint32_t row) const;

  const Heap& heap_;
  MemberPaths& paths_;
  std::vector<Candidate> candidates_;
  std::set<std::uint32_t> added_;  // paths; several may be one candidate's
  std::unordered_map<std::uint64_t, std::uint32_t> by_key_;
  std::vector<std::uint64_t> leads_to_;  // candidate and object, for each reference
};

// The last name of a path: `parent` of Node::parent, `self` of Button::on_click -> captured self.
std::string last_name(std::string_view path);

}  // namespace gordian
