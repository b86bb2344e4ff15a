// judged_snapshot.cpp - read, name, judge.
#include "commands/judged_snapshot.h"

#include <spdlog/spdlog.h>

#include "acceptance/accept.h"
#include "analysis/analyse.h"
#include "analysis/typing.h"
#include "base/error.h"
#include "base/text_file.h"
#include "compare/earlier.h"
#include "program/frames/plumbing.h"
#include "program/frames/source_lines.h"
#include "report/call_stacks.h"
#include "report/notes.h"

namespace gordian {
namespace {

Snapshot read_and_say(const std::string& path) {
  Snapshot snapshot = read_snapshot(path);
  spdlog::info("read {} objects, {} blocks, {} slots, {} stacks", snapshot.objects.size(),
               snapshot.blocks.size(), snapshot.slots.size(), snapshot.stacks.size());
  return snapshot;
}

Families with_file(const std::string& path) {
  Families families;
  if (!path.empty()) families.read(path);
  return families;
}

}  // namespace

JudgedSnapshot::JudgedSnapshot(const std::string& path, const UserFiles& files)
    : snapshot_(read_and_say(path)),
      families_(with_file(files.families)),
      program_(snapshot_, families_),
      findings_(analyse(snapshot_, program_.types())),
      code_{program_.frames(), is_plumbing, source_line} {
  spdlog::info("found {} cycles and {} orphans of {} shapes", findings_.cycles, findings_.orphans,
               findings_.findings.size());
  require_right_families();
  accept_findings(files);
}

// A line that is wrong for this program finds nothing; where nothing else does, nobody would hear of it.
void JudgedSnapshot::require_right_families() {
  // A program that left nothing is not worth reading all its debug info for.
  if (snapshot_.blocks.empty()) return;
  const std::vector<std::string> wrong = program_.note_unfound_families();
  if (findings_.findings.empty() && !wrong.empty()) throw Error(wrong.front());
}

// The files are read also where nothing was found: that they are wrong is to be known before they are needed.
void JudgedSnapshot::accept_findings(const UserFiles& files) {
  Suppressions suppressions;
  if (!files.suppressions.empty()) suppressions.read(files.suppressions);
  suppressions.read_text(snapshot_.leak_suppressions, "__lsan_default_suppressions()");
  const Baseline baseline = files.baseline.empty() ? Baseline() : read_baseline(files.baseline);
  const Report unaccepted = report();
  CallStacks stacks(unaccepted);
  accept(findings_, suppressions, baseline, files.baseline,
         [&](std::uint32_t stack) -> const std::vector<Frame>& { return stacks.program_frames(stack); });
}

std::string JudgedSnapshot::compare_with_earlier(const std::string& path) {
  constexpr std::size_t kMost = std::size_t{256} << 20;
  const std::string text = read_text_file(path, "what the check before has found", kMost);
  return gordian::compare_with_earlier(findings_, snapshot_, text, path);
}

Report JudgedSnapshot::report(FailOn fail_on) {
  return {snapshot_, findings_, code_, [this] { return notes(); },
          [fail_on](const Finding& finding) { return fails(finding, fail_on); }};
}

Answer JudgedSnapshot::why(const Question& question) {
  return why_alive(with_root_blocks(snapshot_, program_.types(), program_.frames()), program_.types(), question);
}

// Has the program note what limits the report that is not asked for while it is made.
std::vector<std::string> JudgedSnapshot::notes() {
  for (const auto& finding : findings_.findings) {
    for (const auto& object : finding.objects) {
      if (object.type == kUnknownType) program_.note_unknown_type(snapshot_.stack(object.stack));
    }
  }
  return all_notes(snapshot_, findings_, program_.notes());
}

}  // namespace gordian
