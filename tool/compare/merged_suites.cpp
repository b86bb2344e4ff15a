// merged_suites.cpp - a Merger for each suite.
#include "compare/merged_suites.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "compare/restored_report.h"
#include "report/junit_report.h"
#include "report/wording.h"

namespace gordian {
namespace {

// `name` without the number `pid` where it stands alone, and without a separator that it leaves.
std::string without_pid(std::string name, std::uint64_t pid) {
  constexpr std::string_view kSeparators = ".-_";
  const std::string number = std::to_string(pid);
  const auto separates = [&](std::size_t at) {
    return at >= name.size() || kSeparators.find(name[at]) != std::string_view::npos;
  };
  for (std::size_t at = name.find(number); at != std::string::npos; at = name.find(number, at + 1)) {
    if ((at != 0 && !separates(at - 1)) || !separates(at + number.size())) continue;
    if (at != 0) {
      name.erase(at - 1, number.size() + 1);
    } else {
      name.erase(0, number.size() + 1);
    }
    break;
  }
  return name;
}

}  // namespace

std::string suite_name(const std::string& file, const std::string& program, std::uint64_t pid) {
  std::string name = printable(std::filesystem::path(program).filename().string());
  const std::string report = printable(without_pid(std::filesystem::path(file).stem().string(), pid));
  if (name.empty()) return report.empty() ? "program" : report;
  return report.empty() || report == name ? name : name + "." + report;
}

void MergedSuites::add(const std::string& file, const std::function<ReportedRun(const FindingHandler&)>& read,
                       Merger& all) {
  std::vector<std::pair<ReportedFinding, nlohmann::ordered_json>> findings;
  ReportedRun run;
  all.add(file, [&](const FindingHandler& handle) {
    run = read([&](ReportedFinding&& finding, nlohmann::ordered_json&& json) {
      findings.emplace_back(finding, json);
      handle(std::move(finding), std::move(json));
    });
    return run;
  });
  suites_[suite_name(file, run.program, run.pid)].add(file, [&](const FindingHandler& handle) {
    for (auto& [finding, json] : findings) handle(std::move(finding), std::move(json));
    return std::move(run);
  });
}

std::string MergedSuites::document(const std::function<bool(const Finding&)>& fails, const Look& look) {
  std::vector<JunitSuite> suites;
  for (auto& [name, merger] : suites_) {
    RestoredReport report(merger.take());
    suites.push_back(junit_suite(report.report(fails), look, name));
  }
  suites_.clear();
  return junit_document(suites);
}

}  // namespace gordian
