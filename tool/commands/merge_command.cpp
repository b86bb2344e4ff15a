// merge_command.cpp - `gordian merge FILES...`.
#include "commands/merge_command.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "commands/exit_status.h"
#include "commands/file_names.h"
#include "commands/output.h"
#include "commands/parser.h"
#include "commands/report_input.h"
#include "commands/verdict.h"
#include "compare/merge.h"
#include "compare/merge_formats.h"
#include "report/wording.h"

namespace gordian {
namespace {

struct MergeOptions {
  std::vector<std::string> files;
  std::string text;
  std::string json;
  UserFiles user_files;
  std::string fail_on = "none";
};

constexpr const char* kFooter =
    "FILES are JSON reports, of one run or merged before, or snapshots. @LIST is a file with\n"
    "their names, one a line; - reads names from standard input, as find prints them.\n"
    "Instances and bytes of one id are summed. The example is that of the first file that has\n"
    "it; `seen_by` lists who else does. A file that is named twice counts once.\n"
    "PATH may be - for standard output. Without --text and --json the text goes there.\n"
    "\n"
    "Exit status: 0 all were merged, 1 something that fails is among them (--fail-on), 2\n"
    "gordian could not tell: a file is damaged or no report, and then nothing is written; or\n"
    "an output could not be written.";

// What was most likely not meant.
void note_repeated(const std::vector<std::string>& repeated, const std::string& counted_twice) {
  if (!repeated.empty()) {
    const std::size_t more = repeated.size() - 1;
    spdlog::warn("note: {}{} named before; a file counts once", repeated.front(),
                 more == 0 ? " was" : " and " + counted(more, "more name") + " were");
  }
  if (!counted_twice.empty()) {
    spdlog::warn("note: {} may have been counted twice: two of the files have it by this name",
                 counted_twice);
  }
}

MergedReport merge(const MergeOptions& options) {
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
    merger.add(file, [&](const FindingHandler& handle) { return input.read(options.user_files, handle); });
  });
  if (files == 0) throw Error("the lists name no files");
  note_repeated(repeated, merger.counted_twice());
  return merger.take();
}

bool fails(const MergedReport& report, FailOn fail_on) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const MergedFinding& finding) {
    return !finding.sum.suppressed_by && fails(finding.sum.kind, finding.sum.evidence, fail_on);
  });
}

int run_merge(const MergeOptions& options) {
  if (options.files.empty()) throw Error("FILES are required; see gordian merge --help");
  const MergedReport report = merge(options);
  const bool asked = !options.text.empty() || !options.json.empty();
  write_all({{asked ? options.text : "-",
              [&](const Terminal& terminal) { return merged_text(report, Paint(terminal)); }},
             {options.json, [&](const Terminal&) { return merged_json(report); }}});
  return fails(report, fail_on_of(options.fail_on)) ? kSomethingFails : kNothingFails;
}

}  // namespace

std::function<int()> declare_merge_command(Parser& parser) {
  const auto options = std::make_shared<MergeOptions>();
  parser.words("FILES", options->files, "reports, snapshots, @LIST or -");
  parser.value("--text", options->text, "PATH", "write the sum for people to PATH");
  parser.value("-o,--json", options->json, "PATH",
               "write the sum as a JSON report (report.schema.json) to PATH");
  parser.choice("--fail-on", options->fail_on, {"cycles", "orphans", "none"},
                "what makes the status 1: cycles; orphans (proved ones) and cycles; none");
  parser.files_for_snapshots(options->user_files);
  parser.input("--baseline", options->user_files.baseline,
               "for snapshots: a file of findings that were there before");
  parser.footer(kFooter);
  return [options] { return run_merge(*options); };
}

}  // namespace gordian
