// fit.cpp - lines broken between words.
#include "report/fit.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <vector>

#include "report/glyphs.h"

namespace gordian {
namespace {

constexpr std::size_t kDeeper = 2;        // columns: what follows of a line, and its beginning
constexpr std::size_t kLongestLead = 24;  // columns: blanks beyond are no drawing, but somebody's name
constexpr std::size_t kLongestLabel = 8;  // columns: "gordian:"

using Glyphs = std::vector<Glyph>;

template <std::size_t size>
bool is_one_of(std::string_view bytes, const std::array<std::string_view, size>& these) {
  return std::find(these.begin(), these.end(), bytes) != these.end();
}

// How many glyphs at the start of a line are blanks and the lines of a drawing.
std::size_t lead_of(const Glyphs& line) {
  constexpr std::array<std::string_view, 9> kDrawn = {" ", "│", "╭", "├", "╰", "└", "┴", "─", "▶"};
  std::size_t columns = 0;
  std::size_t at = 0;
  while (at < line.size() && columns < kLongestLead &&
         (line[at].is_escape() || is_one_of(line[at].bytes, kDrawn)))
    columns += line[at++].columns;
  return at;
}

// What stands below that lead: the lines that go on downwards.
std::string below(const Glyphs& line, std::size_t lead) {
  constexpr std::array<std::string_view, 3> kGoOn = {"│", "╭", "├"};
  std::string text;
  for (std::size_t i = 0; i < lead; ++i) {
    if (line[i].columns != 0) text += is_one_of(line[i].bytes, kGoOn) ? "│" : " ";
  }
  return text;
}

// "note:" and the like has what it is about in a column of its own.
std::size_t columns_of_label(const Glyphs& line, std::size_t lead) {
  std::size_t columns = 0;
  std::string_view last;
  for (std::size_t i = lead; i < line.size() && line[i].bytes != " "; ++i) {
    if (line[i].is_escape()) continue;
    columns += line[i].columns;
    last = line[i].bytes;
  }
  return last == ":" && columns <= kLongestLabel ? columns + 1 : 0;
}

// "  27 │ auto a = std::make_shared<Obj>();".
bool is_source(const Glyphs& line, std::size_t lead) {
  std::size_t at = lead;
  while (at < line.size() && std::isdigit(static_cast<unsigned char>(line[at].bytes.front())) != 0) ++at;
  return at != lead && at + 2 < line.size() && line[at].bytes == " " && line[at + 1].bytes == "│";
}

// `line` without as much of its middle as it is too long by.
std::string without_middle(const Glyphs& line, std::size_t width) {
  const std::size_t all = columns_of(line);
  const std::size_t head = width * 2 / 3;
  const std::size_t tail = all - (width - head - 1);  // where the end that is kept begins
  std::string text;
  std::size_t at = 0;
  bool kept = true;  // the character before, whose combining marks may follow
  bool shortened = false;
  for (const auto& glyph : line) {
    if (glyph.columns != 0) kept = at + glyph.columns <= head || at >= tail;
    if (!kept && !shortened) text += "…";
    shortened = shortened || !kept;
    if (kept || glyph.is_escape()) text += glyph.bytes;
    at += glyph.columns;
  }
  return text;
}

// Puts glyphs into lines, and ends what colour and link there is at the end of each, to go on in the next.
class Lines {
 public:
  explicit Lines(std::string below) : below_(std::move(below)) {}

  void put(const Glyph& glyph) {
    text_ += glyph.bytes;
    if (!glyph.is_escape()) return;
    if (glyph.bytes.starts_with("\x1b]")) {
      link_ = glyph.bytes == kNoLink ? "" : glyph.bytes;
    } else {
      colour_ = glyph.bytes == kNoColour ? "" : glyph.bytes;
    }
  }

  void end_line() {
    if (!link_.empty()) text_ += kNoLink;
    if (!colour_.empty()) text_ += kNoColour;
    text_ += "\n" + below_;
    text_ += colour_;
    text_ += link_;
  }

  std::string text() && { return std::move(text_); }

 private:
  static constexpr std::string_view kNoColour = "\x1b[0m";
  static constexpr std::string_view kNoLink = "\x1b]8;;\x1b\\";

  const std::string below_;
  std::string text_;
  std::string_view colour_;  // the sequence in force; "" for none
  std::string_view link_;
};

class Wrapping {
 public:
  Wrapping(const Glyphs& line, std::size_t lead, std::size_t width) : line_(line), at_(lead), width_(width) {
    const std::size_t label = columns_of_label(line, lead);
    below_ = below(line, lead) + std::string(label == 0 ? kDeeper : label, ' ');
    for (std::size_t i = 0; i < lead; ++i) used_ += line[i].columns;
    below_columns_ = used_ + (label == 0 ? kDeeper : label);
  }

  std::string text() {
    Lines lines(below_);
    for (std::size_t i = 0; i < at_; ++i) lines.put(line_[i]);
    while (at_ < line_.size()) {
      const std::size_t end = end_of_line();
      for (; at_ < end; ++at_) lines.put(line_[at_]);
      if (at_ == line_.size()) break;
      lines.end_line();
      used_ = below_columns_;
      for (; at_ < line_.size() && (line_[at_].is_escape() || line_[at_].bytes == " "); ++at_) {
        if (line_[at_].is_escape()) lines.put(line_[at_]);
      }
    }
    return std::move(lines).text();
  }

 private:
  // Where the line that begins at at_ ends: between two columns of words if it is rather full there, or
  // before the last word that does not fit, unless no line can hold that word.
  std::size_t end_of_line() const {
    std::size_t columns = used_;
    std::size_t column = at_;  // behind the last place between two columns, words, parts of a word
    std::size_t word = at_;
    std::size_t part = at_;
    std::size_t i = at_;
    for (; i < line_.size() && columns + line_[i].columns <= width_; ++i) {
      if (i != at_ && is_between_words(i)) {
        word = i;
        if (columns > width_ / 2 && i + 1 < line_.size() && line_[i + 1].bytes == " ") column = i;
      }
      columns += line_[i].columns;
      if (may_part_behind(i)) part = i + 1;
    }
    if (i == line_.size()) return i;
    if (column != at_) return column;
    if (is_between_words(i)) return i;
    if (word != at_ && below_columns_ + columns_of_word(word) <= width_) return word;
    if (part > word) return part;
    return word != at_ ? word : std::max(i, at_ + 1);
  }

  // Whether a line may end before the blank at `i`, the first of several: an arrow stays with what it leads
  // to, a number with its type, a dot with what it follows.
  bool is_between_words(std::size_t i) const {
    if (line_[i].bytes != " " || i == 0 || line_[i - 1].bytes == " ") return false;
    const std::string_view last = neighbour(i, -1);
    const std::string_view next = neighbour(i, 1);
    const bool after_arrow =
        last == "▶" || last == "─" || (last == ">" && i >= 2 && line_[i - 2].bytes == "-");
    return !after_arrow && next != "#" && next != "·";
  }

  // The next glyph before or behind `i` that is neither a blank nor an escape sequence; "" at the line's
  // ends.
  std::string_view neighbour(std::size_t i, int step) const {
    const auto size = static_cast<std::ptrdiff_t>(line_.size());
    for (auto at = static_cast<std::ptrdiff_t>(i) + step; at >= 0 && at < size; at += step) {
      const Glyph& glyph = line_[static_cast<std::size_t>(at)];
      if (glyph.columns != 0 && glyph.bytes != " ") return glyph.bytes;
    }
    return "";
  }

  // Inside of names and paths, where a reader would pause.
  bool may_part_behind(std::size_t i) const {
    constexpr std::array<std::string_view, 6> kPauses = {",", "<", "(", "/", ":", ";"};
    return i + 1 < line_.size() && is_one_of(line_[i].bytes, kPauses) && line_[i + 1].columns != 0 &&
           line_[i + 1].bytes != ":";
  }

  // The columns of the word behind the blanks at `i`.
  std::size_t columns_of_word(std::size_t i) const {
    while (i < line_.size() && (line_[i].bytes == " " || line_[i].is_escape())) ++i;
    std::size_t columns = 0;
    for (; i < line_.size() && !is_between_words(i); ++i) columns += line_[i].columns;
    return columns;
  }

  const Glyphs& line_;
  std::size_t at_;  // the first glyph that is in no line yet
  std::size_t width_;
  std::string below_;     // what stands before the rest of the line
  std::size_t used_ = 0;  // columns before at_
  std::size_t below_columns_ = 0;
};

std::string fitted_line(std::string_view text, std::size_t width) {
  if (columns_of(glyphs_of(text)) > width) text = text.substr(0, text.find_last_not_of(' ') + 1);
  const Glyphs line = glyphs_of(text);
  if (columns_of(line) <= width) return std::string(text);
  const std::size_t lead = lead_of(line);
  return is_source(line, lead) ? without_middle(line, width) : Wrapping(line, lead, width).text();
}

}  // namespace

std::string fitted(const std::string& text, std::size_t width) {
  if (width == 0) return text;
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    result += fitted_line(std::string_view(text).substr(at, end - at), width);
    if (end < text.size()) result += "\n";
    at = end + 1;
  }
  return result;
}

}  // namespace gordian
