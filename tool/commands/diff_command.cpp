// diff_command.cpp - `gordian diff OLD NEW`.
#include "commands/diff_command.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"
#include "commands/exit_status.h"
#include "commands/output.h"
#include "commands/parser.h"
#include "commands/report_input.h"
#include "compare/diff.h"
#include "compare/diff_json.h"
#include "compare/diff_text.h"

namespace gordian {
namespace {

struct DiffOptions {
  std::string before;
  std::string after;
  std::string text;
  std::string json;
  UserFiles files;
  std::string fail_on = "any";
};

constexpr const char* kDiffFooter =
    "OLD and NEW are JSON reports, of one run or merged (gordian merge), or snapshots; one of\n"
    "them may be -, a JSON report on standard input. A finding is the same one where its id is.\n"
    "PATH may be - for standard output. Without --text and --json the text goes there.\n"
    "\n"
    "Exit status: 0 nothing is new or more, 1 something is (--fail-on), 2 gordian could not\n"
    "tell: a file is damaged or no report, or an output could not be written. A likely orphan\n"
    "is told and never fails.";

DiffFailOn diff_fail_on_of(const std::string& word) {
  if (word == "new") return DiffFailOn::appeared;
  if (word == "more") return DiffFailOn::more;
  return word == "none" ? DiffFailOn::none : DiffFailOn::any;
}

ComparedRun read_run(ReportInput& input, const std::string& file, const UserFiles& files) {
  ComparedRun run;
  run.file = file;
  run.run = input.read(files, [&](ReportedFinding&& finding, nlohmann::ordered_json&&) {
    add_to_table(run.findings, std::move(finding));
  });
  return run;
}

int run_diff(const DiffOptions& options) {
  if (options.before.empty() || options.after.empty()) {
    throw Error("OLD and NEW are required; see gordian diff --help");
  }
  if (options.before == "-" && options.after == "-") {
    throw Error("OLD and NEW cannot both be standard input");
  }
  ReportInput old_input(options.before);
  ReportInput new_input(options.after);
  if (old_input.identity() && old_input.identity() == new_input.identity()) {
    spdlog::warn("note: {} and {} are the same file", options.before, options.after);
  }
  const ComparedRun before = read_run(old_input, options.before, options.files);
  const ComparedRun after = read_run(new_input, options.after, options.files);
  const Diff diff = diff_of(before.findings, after.findings);
  const DiffFailOn fail_on = diff_fail_on_of(options.fail_on);
  const bool asked = !options.text.empty() || !options.json.empty();
  write_all({{asked ? options.text : "-",
              [&](const Terminal& terminal) { return diff_text(before, after, diff, Paint(terminal)); }},
             {options.json, [&](const Terminal&) { return diff_json(before, after, diff, fail_on); }}});
  const bool failing = std::any_of(diff.changes.begin(), diff.changes.end(),
                                   [&](const auto& changed) { return fails(changed, fail_on); });
  return failing ? kSomethingFails : kNothingFails;
}

}  // namespace

std::function<int()> declare_diff_command(Parser& parser) {
  const auto options = std::make_shared<DiffOptions>();
  parser.word("OLD", options->before, "the report of the run before");
  parser.word("NEW", options->after, "the report of the run after");
  parser.value("--text", options->text, "PATH", "write what changed for people to PATH");
  parser.value("--json", options->json, "PATH", "write what changed as JSON (diff.schema.json) to PATH");
  parser.choice("--fail-on", options->fail_on, {"new", "more", "any", "none"},
                "what makes the status 1: new findings; more of a finding; any of the two; none");
  parser.files_for_snapshots(options->files);
  parser.input("--baseline", options->files.baseline,
               "for snapshots: a file of findings that were there before");
  parser.footer(kDiffFooter);
  return [options] { return run_diff(*options); };
}

}  // namespace gordian
