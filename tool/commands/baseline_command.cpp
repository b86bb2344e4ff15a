// baseline_command.cpp - `gordian baseline FILE REPORTS...`.
#include "commands/baseline_command.h"

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "acceptance/baseline.h"
#include "acceptance/suppressions.h"
#include "base/error.h"
#include "commands/exit_status.h"
#include "commands/file_names.h"
#include "commands/output.h"
#include "commands/parser.h"
#include "commands/report_input.h"
#include "commands/source_file.h"
#include "compare/diff.h"
#include "compare/finding_table.h"
#include "compare/reported_words.h"
#include "report/wording.h"

namespace gordian {
namespace {

struct BaselineOptions {
  std::string file;
  std::vector<std::string> reports;
  bool add = false;
  bool drop = false;
  UserFiles files;
};

constexpr const char* kBaselineFooter =
    "REPORTS are JSON reports, of one run or merged, or snapshots, and @LIST and - as for gordian\n"
    "merge. Where FILE is not there it is made, with every finding that can fail a run and that no\n"
    "suppression accepts. Where it is there, what is new, more and gone is told, and FILE stays as\n"
    "it is without --add and --drop. Name it to the program: GORDIAN_OPTIONS=baseline=FILE.\n"
    "\n"
    "Exit status: 0 FILE has the findings that the reports have, 1 it has not (what is new or gone),\n"
    "and stays so, 2 gordian could not tell: a file is damaged, or FILE could not be written and is\n"
    "as it was. That a finding is there more often is told, and fails neither this nor a run.";

// What the reports have, summed, and how often each finding is in one of them at most: a baseline is held
// against one process.
struct Reported {
  FindingTable findings;
  std::map<FindingKey, std::uint64_t> most;
};

// Findings that differ between the baseline and the reports, a line each.
struct Changes {
  std::string added;
  std::string more;
  std::string gone;
};

std::uint64_t most_in_one_process(const ReportedFinding& finding) {
  if (finding.seen_by.empty()) return finding.instances;
  const auto fewer = [](const Sighting& a, const Sighting& b) { return a.instances < b.instances; };
  return std::max_element(finding.seen_by.begin(), finding.seen_by.end(), fewer)->instances;
}

Reported read_reports(const BaselineOptions& options) {
  Reported reported;
  std::size_t files = 0;
  for_each_file(options.reports, [&](const std::string& file) {
    ++files;
    ReportInput(file).read(options.files, [&](ReportedFinding&& finding, nlohmann::ordered_json&&) {
      std::uint64_t& most = reported.most[{finding.kind, finding.id}];
      most = std::max(most, most_in_one_process(finding));
      add_to_table(reported.findings, std::move(finding));
    });
  });
  if (files == 0) throw Error("the lists name no files");
  return reported;
}

// A finding that is in the baseline, and more often in a process than when it was accepted.
std::string take_more(BaselineEntry& entry, const ReportedFinding& finding, std::uint64_t most, bool add) {
  if (entry.kind != finding.kind || most <= entry.instances) return "";
  const std::string line = "more  " + finding_words(finding) + " · " + std::to_string(most) +
                           " in one process, " + std::to_string(entry.instances) + " when it was accepted\n";
  if (add) entry.instances = most;
  return line;
}

// Makes `baseline` what the options say.
Changes update(Baseline& baseline, const Reported& reported, const BaselineOptions& options, bool is_new) {
  Changes changes;
  for (const auto& [key, finding] : reported.findings) {
    if (!can_fail(finding.kind, finding.evidence) || (finding.suppressed_by && !finding.accepted_by_baseline))
      continue;
    const std::uint64_t most = reported.most.at(key);
    if (const auto known = baseline.findings.find(finding.id); known != baseline.findings.end()) {
      changes.more += take_more(known->second, finding, most, options.add);
      continue;
    }
    changes.added += "new   " + finding_words(finding) + cut_words(finding) + "\n";
    if (is_new || options.add)
      baseline.findings[finding.id] = {finding.kind, most, type_words(finding.types) + cut_words(finding)};
  }
  std::vector<std::string> gone;
  for (const auto& [id, entry] : baseline.findings) {
    if (!reported.findings.contains({entry.kind, id})) gone.push_back(id);
  }
  for (const std::string& id : gone) {
    const BaselineEntry& entry = baseline.findings.at(id);
    changes.gone +=
        "gone  " + std::string(kind_word(entry.kind)) + " " + id + " · " + printable(entry.what) + "\n";
    if (options.drop) baseline.findings.erase(id);
  }
  return changes;
}

std::string advice(const Changes& changes, const BaselineOptions& options) {
  std::string text;
  if (!(changes.added + changes.more).empty() && !options.add) text += "--add accepts what is new or more. ";
  if (!changes.gone.empty() && !options.drop) text += "--drop takes out what is gone. ";
  if (!text.empty()) text.back() = '\n';
  return text;
}

int run_baseline(const BaselineOptions& options) {
  if (options.file.empty() || options.reports.empty()) {
    throw Error("FILE and REPORTS are required; see gordian baseline --help");
  }
  const SourceFile file(options.file, "a baseline", kLargestBaseline);
  const bool is_new = !file.text();
  Baseline baseline = is_new ? Baseline() : read_baseline_text(*file.text(), options.file);
  const Changes changes = update(baseline, read_reports(options), options, is_new);
  const bool adds = options.add && !(changes.added + changes.more).empty();
  const bool drops = options.drop && !changes.gone.empty();
  const bool writes = is_new || adds || drops;
  const std::string left = is_new ? "" : advice(changes, options);
  const std::string text = changes.added + changes.more + changes.gone + printable(options.file) + ": " +
                           counted(baseline.findings.size(), "finding") +
                           (writes ? ", written\n" : ", not changed\n") + left;
  if (writes) {
    file.replace(baseline_text(baseline));
    tell_done(text);
  } else {
    write_all({{"-", [&](const Terminal&) { return text; }}});
  }
  const bool lacks =
      !is_new && ((!changes.added.empty() && !options.add) || (!changes.gone.empty() && !options.drop));
  return lacks ? kSomethingFails : kNothingFails;
}

}  // namespace

std::function<int()> declare_baseline_command(Parser& parser) {
  const auto options = std::make_shared<BaselineOptions>();
  parser.word("FILE", options->file, "the baseline, a JSON file to be kept with the sources");
  parser.words("REPORTS", options->reports, "what the tests left");
  parser.flag("--add", options->add, "accept what is new, or more");
  parser.flag("--drop", options->drop, "take out what is gone");
  parser.files_for_snapshots(options->files);
  parser.footer(kBaselineFooter);
  return [options] { return run_baseline(*options); };
}

}  // namespace gordian
