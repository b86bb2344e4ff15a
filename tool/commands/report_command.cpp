// report_command.cpp - `gordian report SNAPSHOT`.
#include "commands/report_command.h"

#include <spdlog/spdlog.h>

#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "commands/ci_environment.h"
#include "commands/diagnostics.h"
#include "commands/exit_status.h"
#include "commands/judged_snapshot.h"
#include "commands/output.h"
#include "commands/parser.h"
#include "commands/verdict.h"
#include "compare/earlier.h"
#include "report/formats.h"
#include "report/github_report.h"
#include "report/markdown_report.h"
#include "report/report.h"
#include "report/why_report.h"

namespace gordian {
namespace {

// GitHub drops a larger one, and marks the step for it.
constexpr std::uint64_t kLargestStepSummary = 1024 * 1024;

struct ReportOptions {
  std::string snapshot;
  std::vector<std::string> paths;  // one per format; "" where it was not asked for
  UserFiles files;
  std::string fail_on = "cycles";
  std::string why;
  bool asks = false;
  bool quiet_when_clean = false;
  std::string earlier;
  bool quiet_unless_grown = false;
  int verbosity = 0;
};

constexpr const char* kReportFooter =
    "PATH may be - for standard output; %p in it becomes the pid of the checked program,\n"
    "%n the number of the check.\n"
    "Without any of these the text goes to standard output. A terminal gets it in its width, or\n"
    "that of COLUMNS, in colour unless NO_COLOR is set or TERM is dumb, and with links to source\n"
    "files where it is known to follow them (FORCE_HYPERLINK: 1 always, 0 never). A file is\n"
    "replaced in one step, with mode 0600.\n"
    "In a GitHub workflow (GITHUB_ACTIONS=true) annotations go to standard error and the\n"
    "Markdown summary to the step's (GITHUB_STEP_SUMMARY) when something was found, unless\n"
    "--github and --markdown name other places.\n"
    "\n"
    "Exit status: 0 nothing that fails was found, 1 something was (--fail-on), 2 gordian\n"
    "could not tell: the snapshot is damaged, or a report could not be written. With --why:\n"
    "0 it was told, 1 there is no such object.";

bool was_asked_for(const char* format, const ReportOptions& options) {
  for (std::size_t i = 0; i < options.paths.size(); ++i) {
    if (std::string_view(report_formats()[i].name) == format) return !options.paths[i].empty();
  }
  return false;
}

// What GitHub shows of a step by itself. Nobody asked for it, so that it cannot be written is
// no reason to say that gordian could not tell.
void write_for_github(const Report& report, const ReportOptions& options, const CiEnvironment& ci,
                      Look look) {
  look.quiet_when_clean = true;
  if (ci.github && !was_asked_for("github", options)) {
    const std::string failure = Output("/dev/stderr").write(github_report(report, look));
    if (!failure.empty()) spdlog::warn("{}", failure);
  }
  if (!ci.github_summary.empty() && !was_asked_for("markdown", options)) {
    const std::string text = markdown_report(report, look);
    const std::string failure =
        text.empty() ? "" : append_to_file(ci.github_summary, text, kLargestStepSummary);
    if (!failure.empty()) spdlog::warn("{}", failure);
  }
}

// The text is for people; whoever reads another format gets each check.
bool stays_quiet(const Report& report, const ReportOptions& options, std::size_t format) {
  return options.quiet_unless_grown && std::string_view(report_formats()[format].name) == "text" &&
         !has_grown(report.findings);
}

// Writes every format that was asked for, also when one fails. Throws Error for all that failed.
void write_reports(const Report& report, const ReportOptions& options) {
  const CiEnvironment ci = ci_environment();
  Look look = look_here(ci);
  look.quiet_when_clean = options.quiet_when_clean;
  std::vector<Rendering> renderings;
  for (std::size_t i = 0; i < options.paths.size(); ++i) {
    const std::string path = with_numbers(options.paths[i], report.snapshot.pid, report.snapshot.check);
    renderings.push_back({path, [&, i](const Terminal& terminal) {
                            if (stays_quiet(report, options, i)) return std::string();
                            Look own = look;
                            own.terminal = terminal;
                            return report_formats()[i].render(report, own);
                          }});
  }
  const std::string failures = write_each(renderings);
  // A test that fails says it itself; the whole report comes at the end.
  if (!was_asked_for("brief", options)) write_for_github(report, options, ci, look);
  if (!failures.empty()) throw Error(failures);
}

// An address as the runtime writes it, or else a type's name.
Question question_of(const std::string& why) {
  std::uint64_t address = 0;
  const char* const end = why.data() + why.size();
  const bool is_hex = why.starts_with("0x") && why.size() > 2;
  if (is_hex && std::from_chars(why.data() + 2, end, address, 16).ptr == end) return {"", address};
  return {why, 0};
}

// An answer is no report.
void require_only_why(const ReportOptions& options) {
  if (options.why.empty()) throw Error("--why needs the name of a type, or an address");
  for (std::size_t i = 0; i < options.paths.size(); ++i) {
    if (options.paths[i].empty()) continue;
    throw Error(std::string("--why writes its answer to standard output, and no report: leave --") +
                report_formats()[i].name + " out");
  }
  if (!options.earlier.empty()) throw Error("--why is about one check: leave --earlier out");
}

int explain(const ReportOptions& options) {
  JudgedSnapshot judged(options.snapshot, options.files);
  const Question question = question_of(options.why);
  const Answer answer = judged.why(question);
  const std::string failures = write_each({{"-", [&](const Terminal& terminal) {
                                              Look look;
                                              look.directory = current_directory();
                                              look.terminal = terminal;
                                              return why_report(answer, question, judged.report(), look);
                                            }}});
  if (!failures.empty()) throw Error(failures);
  return answer.objects.empty() ? kSomethingFails : kNothingFails;
}

void ask_for_text_by_default(ReportOptions& options) {
  for (const auto& path : options.paths) {
    if (!path.empty()) return;
  }
  options.paths.front() += '-';
}

int run_report(ReportOptions options) {
  if (options.snapshot.empty()) throw Error("SNAPSHOT is required; see gordian report --help");
  set_verbosity(options.verbosity);
  if (options.asks) {
    require_only_why(options);
    return explain(options);
  }
  ask_for_text_by_default(options);
  JudgedSnapshot judged(options.snapshot, options.files);
  std::string for_next_check;
  if (!options.earlier.empty()) for_next_check = judged.compare_with_earlier(options.earlier);
  const FailOn fail_on = fail_on_of(options.fail_on);
  write_reports(judged.report(fail_on), options);
  if (!options.earlier.empty()) {
    const std::string failure = rewrite_file(options.earlier, for_next_check);
    if (!failure.empty()) throw Error(failure);
  }
  return fails(judged.findings(), fail_on) ? kSomethingFails : kNothingFails;
}

}  // namespace

std::function<int()> declare_report_command(Parser& parser) {
  const auto options = std::make_shared<ReportOptions>();
  parser.word("SNAPSHOT", options->snapshot,
              "the file that the runtime wrote (GORDIAN_OPTIONS=snapshot=PATH)");
  options->paths.resize(report_formats().size());
  for (std::size_t i = 0; i < report_formats().size(); ++i) {
    const auto& format = report_formats()[i];
    parser.value(std::string("--") + format.name, options->paths[i], "PATH", format.help);
  }
  parser.choice("--fail-on", options->fail_on, {"cycles", "proved", "orphans", "none"},
                "what makes the status 1: cycles; proved cycles; orphans (proved ones) and cycles; none");
  const auto why =
      parser.value("--why", options->why, "TYPE",
               "in place of a report: who holds each object of that type, or what lies at an address (0x...); "
               "of those with owners a snapshot of the whole heap tells (whole_heap=1)");
  parser.input("--families", options->files.families,
               "a file that describes smart pointers of the program's own");
  parser.input("--suppressions", options->files.suppressions,
               "a file of findings that are accepted, each with a reason; LeakSanitizer's leak: lines too");
  parser.input("--baseline", options->files.baseline,
               "a file of findings that were there before (gordian baseline): only new ones fail");
  parser.flag("--quiet-when-clean", options->quiet_when_clean, "write an empty text when nothing was found");
  parser.value("--earlier", options->earlier, "PATH",
               "a file of what the check before found in the same process; replaced by what this one finds");
  parser.flag("--quiet-unless-grown", options->quiet_unless_grown,
              "write an empty text when nothing is new or more than in --earlier");
  parser.number("--verbosity", options->verbosity, 0, 2,
                "1: say on standard error what was read; 2: say more");
  parser.footer(kReportFooter);
  return [options, why] {
    options->asks = why.given();
    return run_report(*options);
  };
}

}  // namespace gordian
