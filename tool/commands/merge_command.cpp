// merge_command.cpp - `gordian merge FILES...`.
#include "commands/merge_command.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "commands/ci_environment.h"
#include "commands/exit_status.h"
#include "commands/file_names.h"
#include "commands/output.h"
#include "commands/parser.h"
#include "commands/report_input.h"
#include "commands/verdict.h"
#include "compare/merge.h"
#include "compare/merge_formats.h"
#include "compare/merged_suites.h"
#include "compare/restored_report.h"
#include "report/formats.h"
#include "report/wording.h"

namespace gordian {
namespace {

// Those of a single report that tell of a sum what they tell of a run.
constexpr std::array<std::string_view, 4> kFormatsOfSums = {"html", "sarif", "markdown", "github"};

struct MergeOptions {
  std::vector<std::string> files;
  std::string text;
  std::string json;
  std::string junit;
  std::array<std::string, kFormatsOfSums.size()> paths;  // "" where it was not asked for
  UserFiles user_files;
  std::string fail_on = "none";
  std::optional<Parser::Declared> fail_on_option;

  bool asks_for_formats() const {
    return std::any_of(paths.begin(), paths.end(), [](const auto& path) { return !path.empty(); });
  }
};

constexpr const char* kMergeFooter =
    "FILES are JSON reports, of one run or merged before, or snapshots. @LIST is a file with\n"
    "their names, one a line; - reads names from standard input, as find prints them.\n"
    "Instances and bytes of one id are summed. The example is that of the first file that has\n"
    "it; `seen_by` lists who else does. A file that is named twice counts once.\n"
    "PATH may be - for standard output. Without any of these the text goes there.\n"
    "JUnit XML has a suite for each program and name of report, also for those without a\n"
    "finding. What fails there and in the other formats is what --fail-on says, and cycles\n"
    "where it is not given.\n"
    "\n"
    "Exit status: 0 all were merged, 1 something that fails is among them (--fail-on), 2\n"
    "gordian could not tell: a file is damaged or no report, and then nothing is written; or\n"
    "an output could not be written.";

// What was most likely not meant.
void note_repeated(const std::vector<std::string>& repeated, const Merger& merger) {
  if (!repeated.empty()) {
    const std::size_t more = repeated.size() - 1;
    spdlog::warn("note: {}{} named before; a file counts once", repeated.front(),
                 more == 0 ? " was" : " and " + counted(more, "more name") + " were");
  }
  if (!merger.counted_twice().empty()) {
    spdlog::warn("note: {} may have been counted twice: two of the files have it by this name",
                 merger.counted_twice());
  }
  if (!merger.another_check().empty()) {
    spdlog::warn(
        "note: {} is another check of a process that was counted before, and what was alive at both counts "
        "twice; merge only the last check of each process",
        merger.another_check());
  }
}

MergedReport merge(const MergeOptions& options, MergedSuites* suites) {
  Merger merger;
  std::set<ReportInput::Identity> known;
  std::vector<std::string> repeated;
  std::size_t files = 0;
  for_each_file(options.files, [&](const std::string& file) {
    ReportInput input(file);
    ++files;
    if (input.identity() && !known.insert(*input.identity()).second) {
      repeated.push_back(file);
      return;
    }
    const auto read = [&](const FindingHandler& handle) { return input.read(options.user_files, handle); };
    if (suites != nullptr) {
      suites->add(file, read, merger);
    } else {
      merger.add(file, read);
    }
  });
  if (files == 0) throw Error("the lists name no files");
  note_repeated(repeated, merger);
  return merger.take();
}

bool fails(const MergedReport& report, FailOn fail_on) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const MergedFinding& finding) {
    return !finding.sum.suppressed_by && fails(finding.sum.kind, finding.sum.evidence, fail_on);
  });
}

const Format& format_of(std::string_view name) {
  const auto formats = report_formats();
  return *std::find_if(formats.begin(), formats.end(),
                       [&](const auto& format) { return format.name == name; });
}

int run_merge(const MergeOptions& options) {
  if (options.files.empty()) throw Error("FILES are required; see gordian merge --help");
  MergedSuites suites;
  const MergedReport report = merge(options, options.junit.empty() ? nullptr : &suites);
  const FailOn fail_on = fail_on_of(options.fail_on);
  const auto marked = [&](const Finding& finding) {
    return fails(finding, options.fail_on_option->given() ? fail_on : FailOn::cycles);
  };
  const bool asked =
      !options.text.empty() || !options.json.empty() || !options.junit.empty() || options.asks_for_formats();
  // Like RestoredReport below, it throws where an example cannot be drawn: before anything is written.
  const std::string junit = options.junit.empty() ? "" : suites.document(marked, look_here(ci_environment()));
  std::vector<Rendering> renderings = {
      {asked ? options.text : "-", [&](const Terminal& t) { return merged_text(report, Paint(t)); }},
      {options.json, [&](const Terminal&) { return merged_json(report); }},
      {options.junit, [&](const Terminal&) { return junit; }}};
  if (options.asks_for_formats()) {
    const auto restored = std::make_shared<RestoredReport>(report);
    for (std::size_t i = 0; i < kFormatsOfSums.size(); ++i) {
      renderings.push_back({options.paths[i], [restored, marked, i](const Terminal& terminal) {
                              Look look = look_here(ci_environment());
                              look.terminal = terminal;
                              return format_of(kFormatsOfSums[i]).render(restored->report(marked), look);
                            }});
    }
  }
  write_all(renderings);
  return fails(report, fail_on) ? kSomethingFails : kNothingFails;
}

}  // namespace

std::function<int()> declare_merge_command(Parser& parser) {
  const auto options = std::make_shared<MergeOptions>();
  parser.words("FILES", options->files, "reports, snapshots, @LIST or -");
  parser.value("--text", options->text, "PATH", "write the sum for people to PATH");
  parser.value("-o,--json", options->json, "PATH",
               "write the sum as a JSON report (report.schema.json) to PATH");
  parser.value("--junit", options->junit, "PATH", format_of("junit").help);
  for (std::size_t i = 0; i < kFormatsOfSums.size(); ++i) {
    const auto& format = format_of(kFormatsOfSums[i]);
    parser.value(std::string("--") + format.name, options->paths[i], "PATH", format.help);
  }
  options->fail_on_option =
      parser.choice("--fail-on", options->fail_on, {"cycles", "orphans", "none"},
                    "what makes the status 1: cycles; orphans (proved ones) and cycles; none");
  parser.files_for_snapshots(options->user_files);
  parser.input("--baseline", options->user_files.baseline,
               "for snapshots: a file of findings that were there before");
  parser.footer(kMergeFooter);
  return [options] { return run_merge(*options); };
}

}  // namespace gordian
