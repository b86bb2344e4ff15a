// baseline_command.cpp - `gordian baseline FILE REPORTS...`.
#include "commands/baseline_command.h"

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "acceptance/baseline.h"
#include "base/error.h"
#include "commands/exit_status.h"
#include "commands/file_names.h"
#include "commands/output.h"
#include "commands/parser.h"
#include "commands/report_input.h"
#include "compare/diff.h"
#include "compare/finding_table.h"
#include "compare/finding_words.h"
#include "report/wording.h"

namespace gordian {
namespace {

struct BaselineOptions {
  std::string file;
  std::vector<std::string> reports;
  bool add = false;
  bool drop = false;
  std::string families;
};

constexpr const char* kFooter =
    "REPORTS are JSON reports, of one run or merged, or snapshots, and @LIST and - as for gordian\n"
    "merge. Where FILE is not there it is made, with every finding that can fail a run and that no\n"
    "suppression accepts. Where it is there, what is new and what is gone is told, and FILE stays as\n"
    "it is without --add and --drop. Name it to the program: GORDIAN_OPTIONS=baseline=FILE.\n"
    "\n"
    "Exit status: 0 FILE has what the reports have, 1 it has not, and stays so, 2 gordian could not\n"
    "tell: a file is damaged, or FILE could not be written and is as it was.";

// Findings that differ between the baseline and the reports, a line each.
struct Changes {
  std::string added;
  std::string gone;
};

bool can_fail(const ReportedFinding& finding) {
  return finding.kind == FindingKind::cycle || finding.evidence == Evidence::proved;
}

FindingTable read_reports(const BaselineOptions& options) {
  FindingTable findings;
  std::size_t files = 0;
  for_each_file(options.reports, [&](const std::string& file) {
    ++files;
    ReportInput(file).read(options.families, [&](ReportedFinding&& finding, nlohmann::ordered_json&&) {
      add_to_table(findings, std::move(finding));
    });
  });
  if (files == 0) throw Error("the lists name no files");
  return findings;
}

// Makes `baseline` what the options say.
Changes update(Baseline& baseline, const FindingTable& findings, const BaselineOptions& options,
               bool is_new) {
  Changes changes;
  for (const auto& [key, finding] : findings) {
    if (!can_fail(finding) || baseline.findings.contains(finding.id)) continue;
    if (finding.suppressed_by) continue;
    changes.added += "new   " + finding_words(finding) + cut_words(finding) + "\n";
    if (is_new || options.add)
      baseline.findings[finding.id] = {finding.kind, finding.instances,
                                       type_words(finding.types) + cut_words(finding)};
  }
  std::vector<std::string> gone;
  for (const auto& [id, entry] : baseline.findings) {
    if (!findings.contains({entry.kind, id})) gone.push_back(id);
  }
  for (const std::string& id : gone) {
    const BaselineEntry& entry = baseline.findings.at(id);
    changes.gone +=
        "gone  " + std::string(word(entry.kind)) + " " + id + " · " + printable(entry.what) + "\n";
    if (options.drop) baseline.findings.erase(id);
  }
  return changes;
}

std::string advice(const Changes& changes, const BaselineOptions& options) {
  std::string text;
  if (!changes.added.empty() && !options.add) text += "--add accepts what is new. ";
  if (!changes.gone.empty() && !options.drop) text += "--drop takes out what is gone. ";
  if (!text.empty()) text.back() = '\n';
  return text;
}

int run_baseline(const BaselineOptions& options) {
  if (options.file.empty() || options.reports.empty()) {
    throw Error("FILE and REPORTS are required; see gordian baseline --help");
  }
  std::error_code error;
  const bool is_new = !std::filesystem::exists(std::filesystem::status(options.file, error));
  Baseline baseline = is_new ? Baseline() : read_baseline(options.file);
  const Changes changes = update(baseline, read_reports(options), options, is_new);
  const bool adds = !changes.added.empty() && (is_new || options.add);
  const bool drops = !changes.gone.empty() && options.drop;
  if (is_new || adds || drops) {
    const std::string failure = replace_source_file(options.file, baseline_text(baseline));
    if (!failure.empty()) throw Error(failure);
  }
  const std::string left = is_new ? "" : advice(changes, options);
  std::string text = changes.added + changes.gone;
  text += printable(options.file) + ": " + counted(baseline.findings.size(), "finding") +
          (is_new || adds || drops ? ", written\n" : ", not changed\n") + left;
  write_all({{"-", [&](const Terminal&) { return text; }}});
  return left.empty() ? kNothingFails : kSomethingFails;
}

}  // namespace

std::function<int()> declare_baseline_command(Parser& parser) {
  const auto options = std::make_shared<BaselineOptions>();
  parser.word("FILE", options->file, "the baseline, a JSON file to be kept with the sources");
  parser.words("REPORTS", options->reports, "what the tests left");
  parser.flag("--add", options->add, "accept what is new");
  parser.flag("--drop", options->drop, "take out what is gone");
  parser.families(options->families,
                  "for snapshots: a file that describes smart pointers of the program's own");
  parser.footer(kFooter);
  return [options] { return run_baseline(*options); };
}

}  // namespace gordian
