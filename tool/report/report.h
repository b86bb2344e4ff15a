// report.h - everything a report is made of.
//
// A report format is a function from Report to text. It never changes what it is
// given, and the same Report gives the same bytes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/findings.h"
#include "program/frames/frames.h"
#include "snapshot/snapshot.h"

namespace gordian {

// How addresses of the program become code that its author knows.
struct CodeNames {
  FrameResolver& frames;
  // Whether a frame belongs to the allocator, the standard library or the runtime,
  // and so says nothing about the program.
  std::function<bool(const Frame&)> is_plumbing;
  // The text of a line of a source file, none when the file is not there.
  std::function<std::optional<std::string>(const std::string& file, int line)> source_line;
};

struct Report {
  const Snapshot& snapshot;
  const Findings& findings;
  const CodeNames& code;
  // What limited this report, one sentence each. Asked last: looking up a frame may be
  // what shows that a module has no debug info.
  std::function<std::vector<std::string>()> notes;
  // Whether a finding makes the run fail.
  std::function<bool(const Finding&)> fails;
  // "2 of 3 reports", where it is made of several; "" where it is of one process.
  std::string reports{};
};

}  // namespace gordian
