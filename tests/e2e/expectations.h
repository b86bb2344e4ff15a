// expectations.h - what a test program says about itself, in comments of its own.
//
//   // gordian: exit 23                     its exit status; 0 when nothing is said
//   // gordian: prints alive alive alive    a line of stdout; all of them together are its whole stdout
//   // gordian: silent                      status 0, nothing on stderr, nothing in the report
//   // gordian: cycle proved objects=3 instances=1 retained=0 of=A,B members=A::b,B::a cut=B::a
//   // gordian: orphan likely instances=1 of=A
//   // gordian: set A::b, B::a              the first finding's first cuts are these members, enough together only
//   // gordian: proved 30                   that many findings, whatever their order, each a proved cycle
//   // gordian: likely A,B                  but for those of these types
//   // gordian: proved or likely C,D        and those of these, of which libraries tell more or less
//   // gordian: path Tree::kids[1]          some reference has this path
//   // gordian: path Tree::kids[1] or Tree::kids[]   one of these: libraries differ in what can be told
//   // gordian: says Tree::kids             stderr contains this
//   // gordian: notes 1 thread could not    stderr contains this, and one of the report's notes begins with it
//   // gordian: no notes                    the report has none
//   // gordian: options fail_on=none        added to GORDIAN_OPTIONS
//   // gordian: families own.families   added to GORDIAN_OPTIONS: a file beside the source
//   // gordian: no cycle                    whatever else the report holds
//   // gordian: any report                  the report at exit is not looked at
//   // gordian: within 60 seconds, 2000 megabytes
//   // gordian: unless emulated by one that ...   skipped, for that reason, where qemu-user runs the tests
//
// Each cycle and orphan line stands for one finding, in the report's order; there
// are no others. `of` lists the types of the cycle's (or orphan's) objects, `members`
// the members that strong references between them lie in, `cut` the first proposal's
// member. What a line leaves out is not compared. `accepted` begins what accepts it: a line
// without it stands for a finding that nothing accepts.
//
// Without debug info no type says that a word is a handle: then a proved cycle is likely.
//
// A line of code whose comment says "(made here)" allocates. When there are any,
// the stack of each object of a finding must pass through one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gordian::e2e {

struct ExpectedFinding {
  std::string kind;      // cycle, orphan
  std::string evidence;  // proved, likely
  std::optional<std::uint64_t> objects;
  std::optional<std::uint64_t> instances;
  std::optional<std::uint64_t> retained;
  std::set<std::string> types;
  std::set<std::string> members;
  std::string cut;
  std::string accepted;  // what suppressed_by begins with
};

struct Expectations {
  int status = 0;
  bool silent = false;
  std::string out;
  std::vector<ExpectedFinding> findings;
  std::optional<std::uint64_t> proved_cycles;
  std::set<std::string> likely_types;     // among these
  std::set<std::string> undecided_types;  // likewise
  std::vector<std::string> set;
  std::vector<std::string> paths;
  std::vector<std::string> said;  // on stderr
  std::vector<std::string> notes;
  bool no_notes = false;
  bool no_cycle = false;
  bool any_report = false;
  std::string options;
  double seconds = 0;          // 0: any
  std::int64_t megabytes = 0;  // 0: any
  std::string unless_emulated;  // why
  std::string source;          // file name of the program's source
  std::set<int> allocating_lines;
};

// Throws std::runtime_error with file and line for a directive it does not know,
// and when a file has none.
Expectations read_expectations(const std::filesystem::path& source);

}  // namespace gordian::e2e
