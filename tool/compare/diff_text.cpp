// diff_text.cpp - counts, then lines with their labels in a column.
#include "compare/diff_text.h"

#include <algorithm>
#include <array>

#include "compare/reported_words.h"
#include "report/fit.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::array kChanges = {Change::appeared, Change::more, Change::fewer, Change::gone};

std::string count_words(const Diff& diff) {
  std::string words;
  const auto add = [&](std::uint64_t number, const char* what) {
    if (number != 0) words += (words.empty() ? "" : ", ") + std::to_string(number) + " " + what;
  };
  for (const Change change : kChanges) {
    const auto number = std::count_if(diff.changes.begin(), diff.changes.end(),
                                      [&](const auto& changed) { return changed.change == change; });
    add(static_cast<std::uint64_t>(number), word(change));
  }
  add(diff.unchanged, "unchanged");
  add(diff.suppressed, "suppressed");
  return words.empty() ? "no findings" : words;
}

std::string label(const ChangedFinding& changed) {
  std::string words = word(changed.change);
  if (changed.old_instances != 0 && changed.new_instances != 0) {
    words +=
        " (" + std::to_string(changed.old_instances) + " -> " + std::to_string(changed.new_instances) + ")";
  }
  return words;
}

// More processes have more instances: somebody who compares unlike sums shall know.
std::string unlike_note(const ComparedRun& before, const ComparedRun& after) {
  if (before.run.reports == after.run.reports) return "";
  const auto sum = [](const ComparedRun& run) {
    return printable(run.file) + " is of " + counted(run.run.reports, "report");
  };
  return sum(before) + ", " + sum(after);
}

}  // namespace

std::string diff_text(const ComparedRun& before, const ComparedRun& after, const Diff& diff,
                      const Paint& paint) {
  const std::string headline =
      "gordian: " + count_words(diff) + " (" + printable(before.file) + " -> " + printable(after.file) + ")";
  std::string text = paint(Ink::headline, headline) + "\n";
  std::size_t width = 0;
  for (const auto& changed : diff.changes) width = std::max(width, label(changed).size());
  if (!diff.changes.empty()) text += "\n";
  for (const auto& changed : diff.changes) {
    std::string padded = label(changed);
    padded.resize(width, ' ');
    const bool worse = fails(changed, DiffFailOn::any);
    text += (worse ? paint(Ink::cut, padded) : padded) + "  " + finding_words(changed.finding);
    if (changed.change != Change::gone) text += cut_words(changed.finding);
    text += "\n";
  }
  const std::string note = unlike_note(before, after);
  if (!note.empty()) text += "\n" + paint(Ink::note, "note: ") + note + "\n";
  return fitted(text, paint.terminal().width);
}

}  // namespace gordian
