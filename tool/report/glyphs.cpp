// glyphs.cpp - see glyphs.h.
#include "report/glyphs.h"

#include <clocale>
#include <cwchar>

#include <algorithm>

#include "report/utf8.h"

namespace gordian {
namespace {

// The length of the escape sequence that `text` begins with: CSI ends with a letter, OSC with ESC \.
std::size_t escape_length(std::string_view text) {
  if (text.substr(1, 1) == "]") {
    const std::size_t end = text.find("\x1b\\", 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  const auto end = std::find_if(text.begin() + std::min<std::size_t>(2, text.size()), text.end(),
                                [](char c) { return c >= '@' && c <= '~'; });
  return static_cast<std::size_t>(end - text.begin()) + (end == text.end() ? 0 : 1);
}

wchar_t code_point(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (first < 0x80) return first;
  // The first byte has a one for each byte of the sequence, and a zero behind them.
  unsigned value = first & (0xffu >> (character.size() + 1));
  for (const char c : character.substr(1)) value = value << 6 | (static_cast<unsigned char>(c) & 0x3fu);
  return static_cast<wchar_t>(value);
}

// What libc's table says. The tool runs in the locale "C", which knows nothing beyond ASCII; where there is
// no UTF-8 locale to ask, and for characters that the table does not know, one column is the best guess.
std::size_t columns_of_character(std::string_view character) {
  const wchar_t code = code_point(character);
  if (code < 0x80) return 1;
  static const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (utf8 == nullptr) return 1;
  const locale_t before = ::uselocale(utf8);
  const int columns = ::wcwidth(code);
  ::uselocale(before);
  return columns < 0 ? 1 : static_cast<std::size_t>(columns);
}

}  // namespace

std::vector<Glyph> glyphs_of(std::string_view line) {
  std::vector<Glyph> glyphs;
  while (!line.empty()) {
    const bool escape = line.front() == '\x1b';
    const std::size_t length = escape ? escape_length(line) : std::max<std::size_t>(utf8_length(line), 1);
    const std::string_view bytes = line.substr(0, length);
    glyphs.push_back({bytes, escape ? 0 : columns_of_character(bytes)});
    line.remove_prefix(length);
  }
  return glyphs;
}

std::size_t columns_of(const std::vector<Glyph>& glyphs) {
  std::size_t columns = 0;
  for (const auto& glyph : glyphs) columns += glyph.columns;
  return columns;
}

}  // namespace gordian
