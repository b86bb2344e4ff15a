// call_stacks.h - stack rows of the snapshot as the frames a report shows.
//
// Looking an address up in debug info is the slow part of a report, and a finding's
// objects mostly come from few places: a stack is resolved when it is first asked
// for, and kept.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "report/report.h"

namespace gordian {

class CallStacks {
 public:
  explicit CallStacks(const Report& report) : snapshot_(report.snapshot), code_(report.code) {}

  // The frames of stack `row` that belong to the program, innermost first. Plumbing is
  // left out, unless there is nothing else: then all of it is better than nothing.
  // Empty for row 0.
  const std::vector<Frame>& program_frames(std::uint32_t row);

  // Those of who allocated `object`. Where only its constructors' stack is known: without these.
  std::vector<Frame> allocation_frames(const FoundObject& object);

 private:
  std::vector<Frame> resolve(std::uint32_t row) const;

  const Snapshot& snapshot_;
  const CodeNames& code_;
  std::unordered_map<std::uint32_t, std::vector<Frame>> known_;
};

}  // namespace gordian
