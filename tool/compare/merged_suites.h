// merged_suites.h - many reports as one JUnit XML document, with a suite for each program that was tested.
//
// A merged report knows no more of a clean process than that there was one. Who reads test results wants to
// see that it passed. So the reports are also summed by program and by what the report is called without its
// pid: one suite each, the same from run to run.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "compare/merge.h"
#include "report/formats.h"

namespace gordian {

class MergedSuites {
 public:
  // Reads a report once, for this and for `all`. `file` is what the report is called.
  void add(const std::string& file, const std::function<ReportedRun(const FindingHandler&)>& read,
           Merger& all);

  // The document, suites by name; nothing is left in the object.
  std::string document(const std::function<bool(const Finding&)>& fails, const Look& look);

 private:
  std::map<std::string, Merger> suites_;
};

// "parser_test.unit" of the report "out/unit.4711.json" by "/build/parser_test", process 4711. The report's
// part is left out where it says nothing more.
std::string suite_name(const std::string& file, const std::string& program, std::uint64_t pid);

}  // namespace gordian
