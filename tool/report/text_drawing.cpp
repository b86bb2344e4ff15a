// text_drawing.cpp - objects, their allocations and references, and the line that closes the way.
#include "report/text_drawing.h"

#include <algorithm>
#include <unordered_map>

#include "report/text_allocation.h"
#include "report/text_cuts.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostObjects = 12;  // of a longer way, its beginning and its end are drawn
constexpr std::size_t kLastObjects = 4;
constexpr std::size_t kMostReferences = 8;  // of one object
constexpr std::size_t kMostCutMarks = 3;    // of more, the first is marked, and the mark says so

using References = std::vector<const FoundReference*>;

std::string name_of(const FoundObject& object) {
  return printable(object.type) + " #" + std::to_string(object.id);
}

// Where an object is listed its name is whole. In a line that leads to it, half a terminal's is enough.
std::string target_name(const FoundObject& object, const Terminal& terminal) {
  if (terminal.width == 0) return name_of(object);
  return printable(object.type, terminal.width / 2) + " #" + std::to_string(object.id);
}

class Drawing {
 public:
  Drawing(const Finding& finding, const TextContext& context);
  std::string text();

 private:
  void choose_objects();
  void choose_closing_object();
  void count_cuts();

  void object(std::size_t index);
  std::string counts(const FoundObject& object) const;
  void references(const References& references, bool last_one_closes);
  std::string reference(const FoundReference& reference);
  void objects_left_out(bool at_the_end);

  // Each adds one line to the text, behind the line on the left while that is drawn.
  void line(const std::string& words);
  void closing_line(const std::string& words);
  void empty_line() { text_ += side_ == Side::drawn ? "  │\n" : "\n"; }

  const Finding& finding_;
  const TextContext& context_;
  AllocationLines allocations_;
  std::unordered_map<std::uint32_t, const FoundObject*> by_id_;  // all but what is merely retained
  std::unordered_map<std::uint32_t, References> from_;           // strong ones between those
  std::vector<const FoundObject*> drawn_;
  std::size_t left_out_after_ = kNowhere;  // the objects not drawn belong behind this one of drawn_
  std::uint64_t left_out_ = 0;
  std::size_t closing_ = kNowhere;  // the last of drawn_ that holds the first
  std::size_t cuts_ = 0;            // references in the drawing that the first cut removes
  std::size_t cuts_marked_ = 0;

  enum class Side { none, drawn, closed } side_ = Side::none;  // the line on the left
  std::string text_;

  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
};

Drawing::Drawing(const Finding& finding, const TextContext& context)
    : finding_(finding), context_(context), allocations_(context, Numbered::yes) {
  choose_objects();
  for (const auto& reference : finding.references) {
    const bool known = by_id_.count(reference.from) != 0 && by_id_.count(reference.to) != 0;
    if (known && reference.strength == Strength::strong) from_[reference.from].push_back(&reference);
  }
  choose_closing_object();
  count_cuts();
}

// Also what the analysis left out of its example is left out here.
void Drawing::choose_objects() {
  for (const auto& object : finding_.objects) {
    if (object.role == Role::retained) continue;
    drawn_.push_back(&object);
    by_id_.emplace(object.id, &object);
  }
  const std::uint64_t all = std::max<std::uint64_t>(drawn_.size(), finding_.cycle_objects);
  left_out_after_ = drawn_.size() - 1;
  if (drawn_.size() > kMostObjects) {
    const auto begin = drawn_.begin() + (kMostObjects - kLastObjects);
    drawn_.erase(begin, drawn_.end() - kLastObjects);
    left_out_after_ = kMostObjects - kLastObjects - 1;
  }
  left_out_ = all - drawn_.size();
}

void Drawing::choose_closing_object() {
  for (std::size_t i = 0; i < drawn_.size(); ++i) {
    auto& references = from_[drawn_[i]->id];
    const auto back = std::find_if(references.begin(), references.end(), [&](const auto* reference) {
      return reference->to == drawn_.front()->id;
    });
    if (back != references.end()) closing_ = i;
  }
  const bool closes_out_of_sight = closing_ == kNowhere && left_out_ != 0;
  if (closing_ != kNowhere || closes_out_of_sight) side_ = Side::drawn;
  if (closing_ == kNowhere) return;
  auto& references = from_[drawn_[closing_]->id];
  const auto back = std::find_if(references.begin(), references.end(),
                                 [&](const auto* reference) { return reference->to == drawn_.front()->id; });
  std::rotate(back, std::next(back), references.end());
}

void Drawing::count_cuts() {
  for (const auto* object : drawn_) {
    const auto& references = from_[object->id];
    const auto cut = [&](const auto* reference) { return is_cut(finding_, *reference); };
    cuts_ += static_cast<std::size_t>(std::count_if(references.begin(), references.end(), cut));
  }
}

std::string Drawing::text() {
  for (std::size_t i = 0; i < drawn_.size(); ++i) {
    if (i != 0) empty_line();
    object(i);
    if (i == left_out_after_ && left_out_ != 0) objects_left_out(i + 1 == drawn_.size());
  }
  return std::move(text_);
}

// A cycle is a set in which every object leads to every other: the way back is there, though not drawn.
void Drawing::objects_left_out(bool at_the_end) {
  empty_line();
  const std::string words = "… and " + counted(left_out_, "more object");
  if (at_the_end && side_ == Side::drawn) {
    closing_line("─ " + words + ", and back to " + name_of(*drawn_.front()));
  } else {
    line(words);
  }
}

void Drawing::line(const std::string& words) {
  const char* left = "  ";
  if (side_ == Side::drawn) left = text_.empty() ? "  ╭─▶ " : "  │   ";
  if (side_ == Side::closed) left = "      ";
  text_ += left + words + "\n";
}

// `words` without the space and the mark that a reference begins with.
void Drawing::closing_line(const std::string& words) {
  text_ += "  ╰────" + words + "\n";
  side_ = Side::closed;
}

void Drawing::object(std::size_t index) {
  const auto& object = *drawn_[index];
  const auto& own_references = from_[object.id];
  line(context_.paint(Ink::type, name_of(object)) + counts(object));
  const std::string stem = own_references.empty() ? "    " : " │  ";
  for (const auto& words : allocations_.next(object)) line(stem + words);
  references(own_references, index == closing_);
}

std::string Drawing::counts(const FoundObject& object) const {
  std::string words = "  " + size_words(object.size) + "  use_count " + std::to_string(object.use_count);
  if (object.located_strong < object.use_count) {
    words += " (" + std::to_string(object.located_strong) + " found)";
  }
  if (object.weak_count != 0) words += "  weak " + std::to_string(object.weak_count);
  return words;
}

// The last reference is drawn however many there are: it may be the one that closes the way.
void Drawing::references(const References& references, bool last_one_closes) {
  if (references.empty()) return;
  const std::size_t before_last = std::min(references.size(), kMostReferences) - 1;
  for (std::size_t i = 0; i < before_last; ++i) line(" ├─ " + reference(*references[i]));
  const std::size_t left_out = references.size() - 1 - before_last;
  if (left_out != 0) line(" │  … and " + counted(left_out, "more reference") + "; see the JSON report");
  const std::string last = reference(*references.back());
  if (last_one_closes) {
    closing_line("┴─ " + last);
  } else {
    line(" └─ " + last);
  }
}

// "Item::parent", "Item::parent and Item::activated": what goes with the first cut.
std::string cut_together(const Finding& finding) {
  std::string names;
  for (const Cut& cut : finding.cuts) {
    if (!names.empty() && cut.breaks_all) break;
    names += (names.empty() ? "" : " and ") + printable(cut_name(cut, finding));
    if (cut.breaks_all) break;
  }
  return names;
}

std::string Drawing::reference(const FoundReference& reference) {
  const std::string words =
      printable(reference.path) + " ─▶ " + target_name(*by_id_.at(reference.to), context_.paint.terminal());
  if (!is_cut(finding_, reference)) return words;
  ++cuts_marked_;
  if (cuts_ <= kMostCutMarks) return words + "      " + context_.paint(Ink::cut, "◀── cut here");
  if (cuts_marked_ > 1) return words;
  const std::string everywhere = "◀── cut here, and at every " + cut_together(finding_);
  return words + "      " + context_.paint(Ink::cut, everywhere);
}

}  // namespace

std::string text_drawing(const Finding& finding, const TextContext& context) {
  return Drawing(finding, context).text();
}

}  // namespace gordian
