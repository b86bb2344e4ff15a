// roff.h - text in mdoc(7), the language of manual pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gordian {

// A word that may be the argument of a macro: no character or name in it means anything to the formatter.
std::string roff_word(std::string_view word);

// Running text: lines of at most 78 characters, each sentence on a line of its own, as mdoc wants it. Ends
// with a line break.
std::string roff_text(const std::string& text);

// What --help ends with: paragraphs, of which those that are indented are shown as they are.
std::string roff_paragraphs(const std::string& text);

}  // namespace gordian
