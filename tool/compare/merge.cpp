// merge.cpp - sums by key, in the order in which reports come.
#include "compare/merge.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

namespace gordian {
namespace {

// Of the report that is being read: where its findings went, and how many instances each has.
using Seen = std::map<std::size_t, Sighting>;

bool is_same_run(const Sighting& a, const Sighting& b) {
  return std::tie(a.file, a.program, a.pid, a.test) == std::tie(b.file, b.program, b.pid, b.test);
}

bool comes_before(const MergedFinding& a, const MergedFinding& b) {
  const auto key = [](const MergedFinding& finding) {
    const auto& sum = finding.sum;
    return std::tuple(sum.kind, sum.evidence, ~sum.bytes, std::string_view(sum.id));
  };
  return key(a) < key(b);
}

void add_totals(ReportTotals& sum, const ReportTotals& more) {
  for (const auto number :
       {&ReportTotals::cycles, &ReportTotals::objects_in_cycles, &ReportTotals::objects_retained,
        &ReportTotals::orphans, &ReportTotals::bytes, &ReportTotals::suppressed, &ReportTotals::baselined}) {
    add_number(sum.*number, more.*number);
  }
}

// What accepted nothing in any of the reports that say so.
void keep_unused(std::optional<std::vector<std::string>>& sum,
                 std::optional<std::vector<std::string>>&& more) {
  if (!more) return;
  if (!sum) {
    sum = std::move(more);
    return;
  }
  std::erase_if(*sum, [&](const std::string& rule) {
    return std::find(more->begin(), more->end(), rule) == more->end();
  });
}

}  // namespace

void Merger::add(const std::string& file, const std::function<ReportedRun(const FindingHandler&)>& read) {
  Seen seen;
  ReportedRun run = read([&](ReportedFinding&& finding, nlohmann::ordered_json&& json) {
    const std::size_t place = place_of(finding, std::move(json));
    ReportedFinding& sum = merged_.findings[place].sum;
    const bool merged_before = !finding.seen_by.empty() || finding.seen_by_omitted != 0;
    for (auto& sighting : finding.seen_by) add_sighting(sum, std::move(sighting));
    add_number(sum.seen_by_omitted, finding.seen_by_omitted);
    if (merged_before) return;
    const auto [at, is_new] = seen.try_emplace(place, Sighting{"", 0, file, finding.test, 0});
    add_number(at->second.instances, finding.instances);
  });
  for (auto& [place, sighting] : seen) {
    sighting.program = run.program;
    sighting.pid = run.pid;
    add_sighting(merged_.findings[place].sum, std::move(sighting));
  }
  note_check(file, run);
  add_run(std::move(run));
}

// Processes of two machines may have one pid; most are checked once, so their number is the same.
void Merger::note_check(const std::string& file, const ReportedRun& run) {
  if (run.check == 0) return;
  const auto [known, is_new] = checks_[run.program].try_emplace(run.pid, run.check);
  if (known->second != run.check && another_check_.empty()) another_check_ = file;
}

std::size_t Merger::place_of(const ReportedFinding& finding, nlohmann::ordered_json&& json) {
  auto& findings = merged_.findings;
  const auto [at, is_new] = place_.try_emplace({finding.kind, finding.id}, findings.size());
  if (!is_new) {
    add_finding(findings[at->second].sum, finding);
    return at->second;
  }
  json.erase("seen_by");
  json.erase("seen_by_omitted");
  json.erase("instances_before");  // of one process
  findings.push_back({finding, json.dump()});
  findings.back().sum.seen_by.clear();
  findings.back().sum.seen_by_omitted = 0;
  return at->second;
}

void Merger::add_sighting(ReportedFinding& sum, Sighting&& sighting) {
  const bool twice = std::any_of(sum.seen_by.begin(), sum.seen_by.end(),
                                 [&](const auto& known) { return is_same_run(known, sighting); });
  if (twice && counted_twice_.empty()) counted_twice_ = sighting.file;
  if (sum.seen_by.size() < kMostSightings) {
    sum.seen_by.push_back(std::move(sighting));
  } else {
    add_number(sum.seen_by_omitted, 1);
  }
}

void Merger::add_run(ReportedRun&& run) {
  ReportedRun& sum = merged_.run;
  if (std::exchange(first_, false)) {
    sum.program = run.program;
    sum.pid = run.pid;
  }
  if (sum.program != run.program) sum.program.clear();
  if (sum.pid != run.pid) sum.pid = 0;
  add_totals(sum.totals, run.totals);
  add_number(sum.reports, run.reports);
  add_number(sum.reports_with_findings, run.reports_with_findings);
  add_number(sum.notes_omitted, run.notes_omitted);
  keep_unused(sum.unused_suppressions, std::move(run.unused_suppressions));
  for (auto& note : run.notes) {
    if (std::find(sum.notes.begin(), sum.notes.end(), note) != sum.notes.end()) continue;
    if (sum.notes.size() < kMostMergedNotes) {
      sum.notes.push_back(std::move(note));
    } else {
      add_number(sum.notes_omitted, 1);
    }
  }
}

MergedReport Merger::take() {
  std::sort(merged_.findings.begin(), merged_.findings.end(), comes_before);
  place_.clear();
  first_ = true;
  return std::exchange(merged_, {});
}

}  // namespace gordian
