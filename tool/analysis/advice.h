// advice.h - a cut in words: what to change, and why there.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/candidates.h"
#include "analysis/findings.h"
#include "analysis/heap.h"
#include "analysis/paths.h"

namespace gordian {

// What a reason may claim.
struct CutScope {
  std::size_t judged = 0;          // cycles on which the cut was checked
  std::size_t cycles = 0;          // of the finding
  bool held_from_outside = false;  // something else keeps some of them alive too
};

class CutWriter {
 public:
  // All must outlive the writer.
  CutWriter(const Heap& heap, const MemberPaths& paths, const Finding& finding, CutScope scope)
      : heap_(heap), paths_(paths), finding_(finding), scope_(scope) {}

  // A member that breaks every cycle by itself, and what goes with its references.
  Cut alone(const Candidate& candidate, std::optional<Freed> frees) const;
  // One that does so together with `others`, which is not empty.
  Cut together(const Candidate& candidate, const std::vector<const Candidate*>& others,
               std::optional<Freed> frees) const;

 private:
  Cut begin(const Candidate& candidate, std::optional<Freed> frees) const;
  std::string advice(const Candidate& candidate) const;
  std::string plain_pointer_to(const Candidate& candidate) const;
  bool knows_itself(std::uint32_t object) const;
  std::string advice_for_callback(const Candidate& candidate, const std::string& weak, bool counted) const;
  std::string advice_for_deleter(const Candidate& candidate, const std::string& weak) const;
  bool is_owned_by_pointer(std::uint32_t block) const;
  bool within_target(const Candidate& candidate) const;
  std::string raw_pointer(const Candidate& candidate) const;
  std::string direction(const Candidate& candidate) const;
  std::string effect(std::optional<Freed> frees) const;
  std::string name(const Candidate& candidate) const;

  const Heap& heap_;
  const MemberPaths& paths_;
  const Finding& finding_;
  CutScope scope_;
};

}  // namespace gordian
