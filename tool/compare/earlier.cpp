// earlier.cpp - lines to a table, and the table held against the findings.
#include "compare/earlier.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/text_file.h"
#include "report/finding_words.h"

namespace gordian {
namespace {

using Key = std::pair<std::string, std::string>;  // kind and id
using Table = std::map<Key, std::uint64_t>;

Error no_such_text(const std::string& file, std::size_t line) {
  return Error(file + ":" + std::to_string(line) + ": is not what a check before has found");
}

}  // namespace

void compare_with_earlier(Findings& findings, const std::string& text, const std::string& file) {
  EarlierCheck earlier;
  Table before;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    std::istringstream words{std::string(line)};
    std::string rest;
    if (number == 1) {
      if (!(words >> earlier.number >> earlier.seconds) || words >> rest) throw no_such_text(file, number);
      return;
    }
    Key key;
    std::uint64_t instances = 0;
    if (!(words >> key.first >> key.second >> instances) || words >> rest) throw no_such_text(file, number);
    before[key] = instances;
  });
  if (earlier.number == 0) return;
  for (auto& finding : findings.findings) {
    const auto found = before.find({kind_word(finding.kind), finding.id});
    finding.instances_before = found == before.end() ? 0 : found->second;
    if (found != before.end()) before.erase(found);
  }
  earlier.gone = before.size();
  findings.earlier = earlier;
}

std::string text_for_next_check(const Findings& findings) {
  std::string text;
  for (const auto& finding : findings.findings) {
    text += std::string(kind_word(finding.kind)) + " " + finding.id + " " +
            std::to_string(finding.instances) + "\n";
  }
  return text;
}

bool has_grown(const Findings& findings) {
  const auto told = findings_for_people(findings);
  return std::any_of(told.begin(), told.end(), [](const Finding* finding) {
    return finding->instances > finding->instances_before.value_or(0);
  });
}

}  // namespace gordian
