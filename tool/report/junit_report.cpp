// junit_report.cpp - a suite, its cases, and the notes.
#include "report/junit_report.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

#include "report/finding_words.h"
#include "report/text_finding.h"
#include "report/text_report.h"
#include "report/utf8.h"
#include "report/wording.h"

namespace gordian {
namespace {

std::string xml_character(std::string_view character) {
  constexpr const char* kDigits = "0123456789abcdef";
  const auto first = static_cast<unsigned char>(character[0]);
  switch (first) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\n':
      return "&#10;";
    case '\t':
      return "&#9;";
    default:
      break;
  }
  if (first < 0x20 || first == 0x7f) return {'\\', 'x', kDigits[first >> 4], kDigits[first & 15]};
  if (character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf") return std::string(kReplacement);
  return std::string(character);
}

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + xml_escaped(value) + "\"";
}

std::string attribute(const char* name, std::size_t value) {
  return attribute(name, std::to_string(value));
}

// Lines stay lines in character data; there a line end needs no reference.
std::string element(const std::string& tag, const std::string& attributes, std::string_view text) {
  std::string body;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    body += xml_escaped(text.substr(0, end));
    if (end < text.size()) body += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return "<" + tag + attributes + ">" + body + "</" + tag + ">\n";
}

std::string program_name(const Report& report) {
  const auto name = std::filesystem::path(report.snapshot.program).filename().string();
  return name.empty() ? "program" : printable(name);
}

std::string case_of(const Finding& finding, const std::string& name, const TextContext& context) {
  std::string attributes = attribute("classname", name) + attribute("name", finding_name(finding));
  if (const auto position = finding_position(finding, context.stacks)) {
    attributes += attribute("file", path_below(position->file, context.look.checkout));
  }
  const std::string body = text_finding(finding, context);
  std::string result;
  if (finding.accepted) {
    result = "<skipped" + attribute("message", "accepted: " + acceptance_words(*finding.accepted)) + "/>\n      " +
             element("system-out", "", body);
    return "    <testcase" + attributes + ">\n      " + result + "    </testcase>\n";
  }
  if (context.report.fails(finding)) {
    result = element("failure",
                     attribute("message", finding_sentence(finding) + " " + advice_sentence(finding)) +
                         attribute("type", rule_id(finding.kind)),
                     body);
  } else {
    result = element("system-out", "", body);
  }
  return "    <testcase" + attributes + ">\n      " + result + "    </testcase>\n";
}

std::string clean_case(const std::string& name) {
  return "    <testcase" + attribute("classname", name) + attribute("name", "no reference cycles") + "/>\n";
}

std::string counts_of(const JunitSuite& suite) {
  return attribute("tests", suite.tests) + attribute("failures", suite.failures) + attribute("errors", 0);
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    escaped += length == 0 ? std::string(kReplacement) : xml_character(text.substr(0, length));
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return escaped;
}

JunitSuite junit_suite(const Report& report, const Look& look, const std::string& name) {
  const auto findings = findings_for_people(report.findings);
  const auto accepted = accepted_findings(report.findings);
  JunitSuite suite;
  suite.tests = std::max<std::size_t>(findings.size(), 1) + accepted.size();
  suite.failures = static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(), [&](const Finding* finding) { return report.fails(*finding); }));
  const Paint paint;
  CallStacks stacks(report);
  std::string cases = findings.empty() ? clean_case(name) : "";
  for (const auto* finding : findings) cases += case_of(*finding, name, {report, look, paint, stacks});
  for (const auto* finding : accepted) cases += case_of(*finding, name, {report, look, paint, stacks});
  std::string output = "gordian: " + headline(report, look) + "\n";
  for (const auto& note : notes_for_people(report)) output += "note: " + note + "\n";
  suite.text = "  <testsuite" + attribute("name", "gordian " + name) + counts_of(suite) +
               attribute("skipped", accepted.size()) + ">\n" + cases + "    " +
               element("system-out", "", output) + "  </testsuite>\n";
  return suite;
}

std::string junit_document(std::span<const JunitSuite> suites) {
  JunitSuite sum;
  for (const auto& suite : suites) {
    sum.tests += suite.tests;
    sum.failures += suite.failures;
    sum.text += suite.text;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "gordian") +
         counts_of(sum) + ">\n" + sum.text + "</testsuites>\n";
}

std::string junit_report(const Report& report, const Look& look) {
  const JunitSuite suite = junit_suite(report, look, program_name(report));
  return junit_document({&suite, 1});
}

}  // namespace gordian
