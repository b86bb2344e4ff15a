#include "compare.h"

#include <algorithm>
#include <map>

namespace gordian::e2e {
namespace {

using nlohmann::json;

class Comparison {
 public:
  Comparison(const Expectations& expected, DebugInfo debug_info)
      : expected_(expected), debug_info_(debug_info) {}

  template <typename T>
  void equal(const std::string& what, const T& wanted, const T& found) {
    if (!(wanted == found)) add(what + ": expected " + json(wanted).dump() + ", found " + json(found).dump());
  }

  void add(std::string sentence) { sentences_.push_back(std::move(sentence)); }

  void finding(const std::string& where, const ExpectedFinding& wanted, const json& found);
  void cycle(const json& found);
  void paths(const json& findings);
  void notes(const json& found);

  std::vector<std::string> sentences() && { return std::move(sentences_); }

 private:
  void object(const std::string& where, const json& object);

  const Expectations& expected_;
  DebugInfo debug_info_;
  std::vector<std::string> sentences_;
};

bool is_proved_whole(const json& object) {
  return object.at("located_strong") == object.at("use_count");
}

// An object's counts agree with the evidence, and its stack leads to the program's own code.
void Comparison::object(const std::string& where, const json& object) {
  if (debug_info_ == DebugInfo::none || expected_.allocating_lines.empty()) return;
  const bool reached = std::ranges::any_of(object.at("allocation"), [&](const json& frame) {
    if (!frame["file"].is_string() || !frame["line"].is_number()) return false;
    return std::filesystem::path(frame["file"].get<std::string>()).filename() == expected_.source &&
           expected_.allocating_lines.contains(frame["line"].get<int>());
  });
  if (!reached) {
    add(where + ", object " + object.at("id").dump() +
        ": its stack passes no line marked (made here): " + object.at("allocation").dump());
  }
}

void Comparison::finding(const std::string& where, const ExpectedFinding& wanted, const json& found) {
  equal<std::string>(where + ", kind", wanted.kind, found.at("kind"));
  const bool untyped = debug_info_ == DebugInfo::none && wanted.kind == "cycle";
  equal<std::string>(where + ", evidence", untyped ? "likely" : wanted.evidence, found.at("evidence"));
  if (wanted.objects)
    equal<std::uint64_t>(where + ", cycle_objects", *wanted.objects, found.at("cycle_objects"));
  if (wanted.instances) equal<std::uint64_t>(where + ", instances", *wanted.instances, found.at("instances"));
  if (wanted.retained) {
    equal<std::uint64_t>(where + ", retained_objects", *wanted.retained, found.at("retained_objects"));
  }

  const json& accepted = found.at("suppressed_by");
  if (wanted.accepted.empty() ? !accepted.is_null()
                              : !accepted.is_string() || !accepted.get<std::string>().starts_with(wanted.accepted)) {
    add(where + ", accepted by: expected " + wanted.accepted + ", found " + accepted.dump());
  }

  std::map<int, bool> in_shape;  // by object id: part of the cycle, or the orphan itself
  std::set<std::string> types;
  for (const auto& object_found : found.at("objects")) {
    const bool counts = object_found.at("role") == wanted.kind;
    in_shape[object_found.at("id")] = counts;
    if (!counts) continue;
    types.insert(object_found.at("type").get<std::string>());
    object(where, object_found);
    if (wanted.evidence == "proved" && !is_proved_whole(object_found)) {
      add(where + ": proved, but located_strong is not use_count: " + object_found.dump());
    }
  }
  if (!wanted.types.empty()) equal(where + ", types", wanted.types, types);

  std::set<std::string> members;
  for (const auto& reference : found.at("references")) {
    if (reference.at("strength") != "strong" || !in_shape[reference.at("from")] ||
        !in_shape[reference.at("to")]) {
      continue;
    }
    if (debug_info_ == DebugInfo::none) {
      if (!reference.at("member").is_null())
        add(where + ": a member without debug info: " + reference.dump());
    } else if (reference.at("member").is_string()) {
      members.insert(reference.at("member").get<std::string>());
    }
  }
  if (debug_info_ == DebugInfo::none) return;
  if (!wanted.members.empty()) equal(where + ", members", wanted.members, members);
  if (!wanted.cut.empty()) {
    const auto& cuts = found.at("cuts");
    equal<json>(where + ", first cut", wanted.cut, cuts.empty() ? json() : cuts[0].at("member"));
  }
  if (wanted.kind != "cycle") return;
  std::vector<std::string> set;
  for (const auto& cut : found.at("cuts")) {
    if (!cut.at("breaks_all").get<bool>()) set.push_back(cut.at("member"));
  }
  equal(where + ", cuts that are enough together only", expected_.set, set);
}

// One of many, each proved but for those of some types.
void Comparison::cycle(const json& found) {
  const std::string type = found.at("objects").at(0).at("type");
  ExpectedFinding wanted;
  wanted.kind = "cycle";
  wanted.evidence = expected_.likely_types.contains(type) ? "likely" : "proved";
  if (expected_.undecided_types.contains(type)) wanted.evidence = found.at("evidence");
  finding("the cycle of " + type, wanted, found);
}

void Comparison::paths(const json& findings) {
  if (debug_info_ == DebugInfo::none) return;
  std::set<std::string> found;
  for (const auto& finding : findings) {
    for (const auto& reference : finding.at("references"))
      found.insert(reference.at("path").get<std::string>());
  }
  for (const auto& path : expected_.paths) {
    const std::size_t other = path.find(" or ");
    const bool either = other != std::string::npos &&
                        (found.contains(path.substr(0, other)) || found.contains(path.substr(other + 4)));
    if (!either && !found.contains(path))
      add("no reference has the path " + path + "; there are " + json(found).dump());
  }
}

void Comparison::notes(const json& found) {
  if (expected_.no_notes) equal("notes", json::array(), found);
  for (const auto& text : expected_.notes) {
    const auto begins = [&](const json& note) { return note.get<std::string>().starts_with(text); };
    if (std::none_of(found.begin(), found.end(), begins)) add("no note begins with " + text + "; there are " + found.dump());
  }
}

}  // namespace

std::vector<std::string> differences(const Expectations& expected, const Outcome& outcome, const json& report,
                                     DebugInfo debug_info) {
  Comparison compare(expected, debug_info);
  compare.equal("exit status", expected.status, outcome.status);
  compare.equal("stdout", expected.out, outcome.out);
  if (expected.silent) compare.equal("stderr", std::string(), outcome.err);
  if (expected.seconds > 0 && outcome.seconds > expected.seconds) {
    compare.add("it took " + std::to_string(outcome.seconds) + " seconds");
  }
  if (expected.megabytes > 0 && outcome.peak_bytes > expected.megabytes * 1'000'000) {
    compare.add("it took " + std::to_string(outcome.peak_bytes / 1'000'000) + " megabytes");
  }

  for (const auto& text : expected.said) {
    if (outcome.err.find(text) == std::string::npos) compare.add("stderr does not say " + text);
  }

  if (expected.any_report) return std::move(compare).sentences();
  if (report.is_null()) {
    compare.add("no JSON report was written");
    return std::move(compare).sentences();
  }
  compare.notes(report.at("notes"));
  const auto& findings = report.at("findings");
  if (expected.no_cycle) {
    compare.equal<std::uint64_t>("cycles", 0, report.at("summary").at("cycles"));
    return std::move(compare).sentences();
  }
  if (expected.proved_cycles) {
    compare.equal<std::uint64_t>("number of findings", *expected.proved_cycles, findings.size());
    for (const auto& finding : findings) compare.cycle(finding);
  } else {
    compare.equal("number of findings", expected.findings.size(), findings.size());
  }
  for (std::size_t i = 0; i < std::min(expected.findings.size(), findings.size()); ++i) {
    compare.finding("finding " + std::to_string(i + 1), expected.findings[i], findings[i]);
  }
  compare.paths(findings);
  constexpr std::size_t kMostShown = 20;  // the text says that there are more
  for (std::size_t i = 0; i < std::min(findings.size(), kMostShown); ++i) {
    const auto& finding = findings[i];
    const std::string id = finding.at("id");
    if (outcome.err.find(id) == std::string::npos) compare.add("stderr does not show finding " + id);
  }
  return std::move(compare).sentences();
}

}  // namespace gordian::e2e
