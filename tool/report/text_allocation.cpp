// text_allocation.cpp - allocation, source line, callers.
#include "report/text_allocation.h"

#include <algorithm>

#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostCallers = 3;

bool is_main(const Frame& frame) {
  return frame.function && (*frame.function == "main" || frame.function->rfind("main(", 0) == 0);
}

// The callers that are worth a line: up to main(), which everything is called from.
std::vector<Frame> callers_of(const std::vector<Frame>& frames) {
  const auto main = std::find_if(frames.begin(), frames.end(), is_main);
  const auto end = main == frames.end() ? main : std::next(main);
  if (end - frames.begin() <= 1) return {};
  return {std::next(frames.begin()), end};
}

}  // namespace

std::vector<std::string> AllocationLines::next(const FoundObject& object) {
  const auto frames = context_.stacks.allocation_frames(object);
  if (frames.empty()) return {context_.paint(Ink::quiet, why_no_stack(object))};
  std::vector<std::string> lines = {"allocated " +
                                    place_words(frames.front(), context_.look.directory, context_.paint)};
  add_source_line(frames.front(), lines);
  add_callers(object, frames, lines);
  return lines;
}

void AllocationLines::add_source_line(const Frame& frame, std::vector<std::string>& lines) {
  if (!frame.file || !frame.line) return;
  if (!shown_places_.insert(*frame.file + ":" + std::to_string(*frame.line)).second) return;
  const auto source = context_.report.code.source_line(*frame.file, *frame.line);
  if (!source) return;
  const auto begin = source->find_first_not_of(" \t");
  const auto end = source->find_last_not_of(" \t\r\n");
  if (begin == std::string::npos) return;
  lines.push_back(context_.paint(Ink::quiet, "  " + std::to_string(*frame.line) + " │ " +
                                                 printable(source->substr(begin, end - begin + 1), 160)));
}

void AllocationLines::add_callers(const FoundObject& object, const std::vector<Frame>& frames,
                                  std::vector<std::string>& lines) {
  std::vector<std::string> callers;
  for (const auto& frame : callers_of(frames))
    callers.push_back(place_words(frame, context_.look.directory, context_.paint));
  const auto [known, is_new] = shown_callers_.try_emplace(callers, object.id);
  const bool as_before = !is_new && known->second == last_callers_of_;
  last_callers_of_ = known->second;
  if (callers.empty() || as_before) return;
  if (!is_new && callers.size() > 1 && objects_ == Numbered::yes) {
    lines.push_back(
        context_.paint(Ink::quiet, "called from where #" + std::to_string(known->second) + " was"));
    return;
  }
  for (std::size_t i = 0; i < std::min(callers.size(), kMostCallers); ++i) {
    lines.push_back(context_.paint(
        Ink::quiet,
        "called " + (callers[i].rfind("in ", 0) == 0 ? "from " + callers[i].substr(3) : callers[i])));
  }
  if (callers.size() > kMostCallers) {
    lines.push_back(context_.paint(
        Ink::quiet,
        "… and " + counted(callers.size() - kMostCallers, "more caller") + "; see the JSON report"));
  }
}

std::string AllocationLines::why_no_stack(const FoundObject& object) const {
  const auto& snapshot = context_.report.snapshot;
  const bool full = std::any_of(snapshot.notes.begin(), snapshot.notes.end(), [](const auto& note) {
    return note.kind == snapshot::NoteKind::stacks_full;
  });
  if (full) return "allocation stack not recorded: no room was left for stacks";
  if (object.family != "std" && snapshot.shim)
    return "allocation stack not recorded: set GORDIAN_OPTIONS=block_stacks=1, or use gordian run";
  return "allocation stack not recorded: compiled without the shim";
}

}  // namespace gordian
