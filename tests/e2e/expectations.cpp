#include "expectations.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gordian::e2e {
namespace {

std::set<std::string> split(const std::string& list) {
  std::set<std::string> parts;
  std::istringstream in(list);
  for (std::string part; std::getline(in, part, ',');) parts.insert(part);
  return parts;
}

ExpectedFinding read_finding(const std::string& kind, std::istream& words) {
  ExpectedFinding finding;
  finding.kind = kind;
  words >> finding.evidence;
  for (std::string word; words >> word;) {
    const auto equals = word.find('=');
    const std::string key = word.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : word.substr(equals + 1);
    if (key == "objects") {
      finding.objects = std::stoull(value);
    } else if (key == "instances") {
      finding.instances = std::stoull(value);
    } else if (key == "retained") {
      finding.retained = std::stoull(value);
    } else if (key == "of") {
      finding.types = split(value);
    } else if (key == "members") {
      finding.members = split(value);
    } else if (key == "cut") {
      finding.cut = value;
    } else if (key == "accepted") {
      finding.accepted = value;
    } else {
      throw std::invalid_argument(word);
    }
  }
  return finding;
}

void read_directive(const std::string& text, const std::filesystem::path& source, Expectations& expected) {
  std::istringstream words(text);
  std::string directive;
  words >> directive;
  std::string rest;
  if (directive != "cycle" && directive != "orphan" && directive != "within")
    std::getline(words >> std::ws, rest);

  if (directive == "exit") {
    expected.status = std::stoi(rest);
  } else if (directive == "prints") {
    expected.out += rest + '\n';
  } else if (directive == "silent") {
    expected.silent = true;
  } else if (directive == "cycle" || directive == "orphan") {
    expected.findings.push_back(read_finding(directive, words));
  } else if (directive == "proved" && rest.starts_with("or likely ")) {
    expected.undecided_types = split(rest.substr(10));
  } else if (directive == "likely") {
    expected.likely_types = split(rest);
  } else if (directive == "proved") {
    expected.proved_cycles = std::stoull(rest);
  } else if (directive == "set") {
    for (std::size_t at = 0; at < rest.size();) {
      const std::size_t end = std::min(rest.find(", ", at), rest.size());
      expected.set.push_back(rest.substr(at, end - at));
      at = end + 2;
    }
  } else if (directive == "path") {
    expected.paths.push_back(rest);
  } else if (directive == "says") {
    expected.said.push_back(rest);
  } else if (directive == "notes") {
    expected.said.push_back(rest);
    expected.notes.push_back(rest);
  } else if (directive == "no" && rest == "cycle") {
    expected.no_cycle = true;
  } else if (directive == "no" && rest == "notes") {
    expected.no_notes = true;
  } else if (directive == "any" && rest == "report") {
    expected.any_report = true;
  } else if (directive == "options") {
    expected.options += (expected.options.empty() ? "" : ":") + rest;
  } else if (directive == "families") {
    expected.options += (expected.options.empty() ? "" : ":") + ("families=" + (source.parent_path() / rest).string());
  } else if (directive == "unless" && rest.starts_with("emulated ")) {
    expected.unless_emulated = rest.substr(9);
  } else if (directive == "within") {
    std::string unit;
    words >> expected.seconds >> unit >> expected.megabytes;
  } else {
    throw std::invalid_argument(directive);
  }
}

}  // namespace

Expectations read_expectations(const std::filesystem::path& source) {
  const std::string marker = "// gordian: ";
  Expectations expected;
  expected.source = source.filename();
  std::ifstream file(source);
  bool any = false;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    const auto comment = line.find("//");
    if (comment != 0 && comment != std::string::npos &&
        line.find("(made here)", comment) != std::string::npos) {
      expected.allocating_lines.insert(number);
    }
    if (line.rfind(marker, 0) != 0) continue;
    try {
      read_directive(line.substr(marker.size()), source, expected);
    } catch (const std::logic_error& error) {
      throw std::runtime_error(source.string() + ":" + std::to_string(number) +
                               ": not understood: " + error.what());
    }
    any = true;
  }
  if (!any) throw std::runtime_error(source.string() + ": no \"" + marker + "...\" line");
  return expected;
}

}  // namespace gordian::e2e
