// github_report.cpp - workflow commands, and their two ways to escape.
#include "report/github_report.h"

#include <array>

#include "report/finding_words.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostAnnotations = 10;  // of one level, in one step

// Each character of `special` as % and its two hexadecimal digits.
std::string percent_escaped(std::string_view text, std::string_view special) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos) {
      escaped += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    escaped += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return escaped;
}

std::string annotation(const char* level, const Finding& finding, const Look& look, CallStacks& stacks) {
  std::string properties;
  if (const auto position = finding_position(finding, stacks)) {
    properties = "file=" + github_property(printable(path_below(position->file, look.checkout), 4096)) + ",";
    if (position->line != 0) properties += "line=" + std::to_string(position->line) + ",";
  }
  properties += "title=" + github_property("gordian: " + finding_name(finding));
  const std::string message = finding_sentence(finding) + "\n" + advice_sentence(finding);
  return std::string("::") + level + " " + properties + "::" + github_message(message) + "\n";
}

}  // namespace

std::string github_message(std::string_view text) {
  return percent_escaped(text, "%\r\n");
}

std::string github_property(std::string_view text) {
  return percent_escaped(text, "%\r\n:,");
}

std::string github_report(const Report& report, const Look& look) {
  CallStacks stacks(report);
  std::string text;
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t left_out = 0;
  for (const auto* finding : findings_for_people(report.findings)) {
    const bool fails = report.fails(*finding);
    std::size_t& shown = fails ? errors : warnings;
    if (shown == kMostAnnotations) {
      ++left_out;
      continue;
    }
    ++shown;
    text += annotation(fails ? "error" : "warning", *finding, look, stacks);
  }
  if (left_out != 0) {
    text += "gordian: " + counted(left_out, "more finding") + (left_out == 1 ? " is" : " are") +
            " not annotated, because GitHub shows ten for a step; see the report\n";
  }
  return text;
}

}  // namespace gordian
