// suppress_command.cpp - `gordian suppress ID --why REASON`.
#include "commands/suppress_command.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "acceptance/suppressions.h"
#include "base/error.h"
#include "base/text_file.h"
#include "commands/exit_status.h"
#include "commands/output.h"
#include "commands/parser.h"
#include "commands/report_input.h"
#include "commands/source_file.h"
#include "compare/reported_words.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr const char* kDefaultFile = "gordian.suppressions";

struct SuppressOptions {
  std::string id;
  std::string why;
  std::string report;
  std::string file = kDefaultFile;
  UserFiles files;
};

constexpr const char* kSuppressFooter =
    "The rule is added to the end of FILE, which is made where it is not there. Name FILE to the\n"
    "program: GORDIAN_OPTIONS=suppressions=FILE, or gordian report --suppressions FILE. In it a line\n"
    "accepts by type, member, function, file or id, with * for any characters:\n"
    "\n"
    "  type:Session because it lives as long as the process\n"
    "  member:Parser::scope and file:*/vendor/* because upstream has a fix\n"
    "\n"
    "Exit status: 0 the rule was added, 2 it was not, and FILE is as it was.";

// The finding in a line, as the report has it. Throws Error where it has none of that id.
std::string finding_in(const SuppressOptions& options) {
  std::optional<std::string> words;
  ReportInput input(options.report);
  input.read(options.files, [&](ReportedFinding&& finding, nlohmann::ordered_json&&) {
    if (finding.id == options.id) words = finding_words(finding);
  });
  if (!words) throw Error(options.report + ": has no finding " + options.id);
  return *words;
}

// Throws Error where `text` is no suppression file, or has the rule already.
void require_no_such_rule(const std::string& text, const SuppressOptions& options) {
  Suppressions suppressions;
  suppressions.read_text(text, options.file);
  for (const SuppressionRule& rule : suppressions.rules()) {
    const Condition& condition = rule.conditions.front();
    if (rule.conditions.size() == 1 && condition.subject == Subject::id && condition.pattern == options.id)
      throw Error(rule.where + ": accepts " + options.id + " already, because " + rule.reason);
  }
}

int run_suppress(const SuppressOptions& options) {
  if (options.id.empty()) throw Error("ID is required; see gordian suppress --help");
  const std::string line = suppression_line(options.id, options.why);
  const SourceFile file(options.file, "a suppression file", kLargestTextFile);
  std::string text = file.text().value_or("");
  require_no_such_rule(text, options);
  if (!text.empty() && text.back() != '\n') text += '\n';
  if (!options.report.empty()) text += "# " + finding_in(options) + "\n";
  file.replace(text + line);
  tell_done(printable(options.file) + ": added " + line);
  return kNothingFails;
}

}  // namespace

std::function<int()> declare_suppress_command(Parser& parser) {
  const auto options = std::make_shared<SuppressOptions>();
  parser.word("ID", options->id, "the finding's id, as every report shows it");
  parser.value("--why", options->why, "REASON", "the reason, kept in FILE and shown in every report");
  parser.input("--in", options->report,
               "a JSON report or snapshot that has it: what it is becomes a comment in FILE");
  parser.value("--to", options->file, "FILE", "the suppression file", why_no_name);
  parser.input("--families", options->files.families,
               "for a snapshot: a file that describes smart pointers of the program's own");
  parser.footer(kSuppressFooter);
  return [options] { return run_suppress(*options); };
}

}  // namespace gordian
