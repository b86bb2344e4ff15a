// candidates.h - the members whose references close the cycles of one finding, and what
// speaks for cutting each.
#pragma once

#include <cstdint>
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
  std::uint32_t path = 0;     // in MemberPaths
  std::uint32_t example = 0;  // row of one of its slots, the first met
  std::uint64_t references = 0;
  std::uint64_t backward = 0;        // of these: to an object allocated earlier, or to the holder itself
  std::uint64_t to_first = 0;        // to the first-born of its cycle
  std::uint64_t to_self = 0;         // to the holder itself
  std::uint64_t births_unknown = 0;  // where order of allocation is only guessed from addresses
  std::uint32_t holder_type = snapshot::kNone;  // of the example: index in type_names
  std::uint32_t target_type = snapshot::kNone;  // index in type_names; kNone when they differ
  bool upward_name = false;                     // called parent, owner, self, ...
  bool capture = false;                         // captured by a closure
};

class CandidateList {
 public:
  CandidateList(const Heap& heap, MemberPaths& paths) : heap_(heap), paths_(paths) {}

  // Notes that the slot `row`, a strong edge of `cycle`, is one of its member's references.
  // Returns the number of the candidate.
  std::uint32_t add(const Cycle& cycle, std::uint32_t row);

  // Their numbers, in the order in which a maintainer would try them. Whether they break every
  // cycle is not looked at.
  std::vector<std::uint32_t> ranked() const;

  const Candidate& operator[](std::uint32_t number) const { return candidates_[number]; }
  std::size_t size() const { return candidates_.size(); }

 private:
  const Heap& heap_;
  MemberPaths& paths_;
  std::vector<Candidate> candidates_;
  std::unordered_map<std::uint32_t, std::uint32_t> by_path_;
};

// The last name of a path: `parent` of Node::parent, `self` of Button::on_click -> captured self.
std::string last_name(std::string_view path);

}  // namespace gordian
