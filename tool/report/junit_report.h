// junit_report.h - the findings as test cases, for CI systems that show test results.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "report/formats.h"
#include "report/report.h"

namespace gordian {

// JUnit XML as Jenkins and GitLab read it, in UTF-8: one suite with a case for each finding that people
// are told about, which has failed when the finding makes the run fail; with one case that
// passed when there is none. Without times and dates: equal runs give equal bytes.
std::string junit_report(const Report& report, const Look& look);

// A suite of such a document, with what the document sums.
struct JunitSuite {
  std::string text;
  std::size_t tests = 0;
  std::size_t failures = 0;
};

// What junit_report() has of `report`, for a document with several; `name` is that of its cases' class.
JunitSuite junit_suite(const Report& report, const Look& look, const std::string& name);
std::string junit_document(std::span<const JunitSuite> suites);

// `text` as XML's character data or an attribute's value in double quotes. What XML 1.0 cannot hold
// in any form stays visible: a control character as \x1b, what is no UTF-8 and U+FFFE and
// U+FFFF as U+FFFD. Line ends and tabs stay what they are in an attribute too.
std::string xml_escaped(std::string_view text);

}  // namespace gordian
