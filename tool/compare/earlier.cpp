// earlier.cpp - lines to tables, and the tables held against the findings and the census.
#include "compare/earlier.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <string_view>
#include <tuple>
#include <utility>

#include "analysis/typing.h"
#include "base/error.h"
#include "base/text_file.h"
#include "program/names/names.h"
#include "report/finding_words.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr const char* kAlive = "alive";
constexpr const char* kUntold = "untold";

struct Instances {
  std::uint64_t number = 0;
  bool told = true;
};

struct Sites {
  std::uint64_t objects = 0;
  std::uint64_t rises = 0;
};

struct Before {
  EarlierCheck check;
  std::map<std::pair<std::string, std::string>, Instances> instances;  // by kind and id
  std::map<std::pair<std::string, std::string>, Sites> sites;          // by vtable and site
};

bool read_line(const std::string& line, bool first, Before& before) {
  std::istringstream words(line);
  std::string kind;
  std::string id;
  std::string rest;
  if (first) return (words >> before.check.number >> before.check.seconds) && !(words >> rest);
  if (!(words >> kind >> id)) return false;
  if (kind != kAlive) {
    Instances& instances = before.instances[{kind, id}];
    if (!(words >> instances.number)) return false;
    instances.told = !(words >> rest);
    return instances.told || (rest == kUntold && !(words >> rest));
  }
  std::string site;
  if (!(words >> site)) return false;
  Sites& sites = before.sites[{id, site}];
  return (words >> sites.objects >> sites.rises) && !(words >> rest);
}

Before read_before(const std::string& text, const std::string& file) {
  Before before;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    if (read_line(std::string(line), number == 1, before)) return;
    throw Error(file + ":" + std::to_string(number) + ": is not what a check before has found");
  });
  return before;
}

void compare_findings(Findings& findings, Before& before) {
  for (auto& finding : findings.findings) {
    const auto found = before.instances.find({kind_word(finding.kind), finding.id});
    finding.instances_before = found == before.instances.end() ? 0 : found->second.number;
    if (found != before.instances.end()) before.instances.erase(found);
  }
  before.check.gone = static_cast<std::uint64_t>(std::count_if(
      before.instances.begin(), before.instances.end(), [](const auto& one) { return one.second.told; }));
  findings.earlier = before.check;
}

std::string type_of(const snapshot::CensusRow& row, const Snapshot& snapshot) {
  if (row.vtable == snapshot::kNone) return kUnknownType;
  const std::string name =
      managed_type_name(tidy_name(demangle_type(snapshot.vtables[row.vtable].mangled_name)));
  return name.empty() ? kUnknownType : name;
}

std::string vtable_word(const snapshot::CensusRow& row, const Snapshot& snapshot) {
  return row.vtable == snapshot::kNone ? "0" : hex_words(snapshot.vtables[row.vtable].address);
}

// Also those that did not rise are told to the next check.
std::string compare_census(Findings& findings, const Snapshot& snapshot, const Before& before) {
  std::string text;
  for (const auto& row : snapshot.census) {
    const std::string vtable = vtable_word(row, snapshot);
    const std::string site = std::to_string(row.site);
    const auto found = before.sites.find({vtable, site});
    const Sites then = found == before.sites.end() ? Sites{} : found->second;
    std::uint64_t rises = row.objects < then.objects ? 0 : then.rises;
    if (findings.earlier && row.objects > then.objects) {
      ++rises;
      findings.grown.push_back({type_of(row, snapshot), row.stack, then.objects, row.objects, rises});
    }
    text += std::string(kAlive) + " " + vtable + " " + site + " " + std::to_string(row.objects) + " " +
            std::to_string(rises) + "\n";
  }
  std::stable_sort(findings.grown.begin(), findings.grown.end(), [](const GrownSite& a, const GrownSite& b) {
    return std::tuple(b.now - b.before, b.now, a.type) < std::tuple(a.now - a.before, a.now, b.type);
  });
  return text;
}

}  // namespace

std::string compare_with_earlier(Findings& findings, const Snapshot& snapshot, const std::string& text,
                                 const std::string& file) {
  Before before = read_before(text, file);
  if (before.check.number != 0) compare_findings(findings, before);
  std::string next;
  for (const auto& finding : findings.findings) {
    next += std::string(kind_word(finding.kind)) + " " + finding.id + " " +
            std::to_string(finding.instances) + (is_for_people(finding) ? "" : std::string(" ") + kUntold) +
            "\n";
  }
  return next + compare_census(findings, snapshot, before);
}

bool has_grown(const Findings& findings) {
  constexpr std::uint64_t kRises = 3;
  const auto told = findings_for_people(findings);
  return std::any_of(told.begin(), told.end(),
                     [](const Finding* finding) {
                       return finding->instances > finding->instances_before.value_or(0);
                     }) ||
         std::any_of(findings.grown.begin(), findings.grown.end(),
                     [](const GrownSite& site) { return site.rises >= kRises; });
}

}  // namespace gordian
