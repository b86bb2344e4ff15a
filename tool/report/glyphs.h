// glyphs.h - a line as a terminal shows it: which bytes make a character, and how much room it takes.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace gordian {

struct Glyph {
  std::string_view bytes;   // of a character, or of a whole escape sequence
  std::size_t columns = 0;  // 2 for a wide character; 0 for a combining mark and an escape sequence

  bool is_escape() const { return bytes.front() == '\x1b'; }
};

// `line` has no control characters but in the escape sequences of paint.h. Refers to it.
std::vector<Glyph> glyphs_of(std::string_view line);

// The columns that these take.
std::size_t columns_of(const std::vector<Glyph>& glyphs);

}  // namespace gordian
