// roff.cpp - see roff.h.
#include "reference/roff.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "reference/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kWidth = 78;

// A hyphen that somebody may copy stays what it is; a backslash and what looks like a request are text.
std::string escaped(std::string_view word) {
  std::string safe;
  if (!word.empty() && (word.front() == '.' || word.front() == '\'')) safe = "\\&";
  for (const char c : word) {
    if (c == '\\') {
      safe += "\\e";
    } else if (c == '"') {
      safe += "\\(dq";
    } else if (c == '-' && word.front() == '-') {
      safe += "\\-";
    } else {
      safe += c;
    }
  }
  return safe;
}

// Of all macros the names are two or three letters, the first of them a capital or %.
bool may_be_a_macro(std::string_view word) {
  return word.size() >= 2 && word.size() <= 3 && std::isupper(static_cast<unsigned char>(word.front())) != 0;
}

bool ends_a_sentence(const std::string& word) {
  const auto last = word.find_last_not_of(")\"'");
  return last != std::string::npos && last > 0 &&
         (word[last] == '.' || word[last] == '!' || word[last] == '?');
}

std::string shown_as_it_is(const std::string& text) {
  std::istringstream lines(text);
  std::string shown = ".Bd -literal -offset indent\n";
  for (std::string line; std::getline(lines, line);) {
    const auto start = line.find_first_not_of(' ');
    if (start != std::string::npos) shown += escaped(line.substr(start)) + "\n";
  }
  return shown + ".Ed\n";
}

}  // namespace

std::string roff_word(std::string_view word) {
  return (may_be_a_macro(word) ? "\\&" : "") + escaped(word);
}

std::string roff_text(const std::string& text) {
  std::istringstream words(text);
  std::string all;
  std::string line;
  const auto end_line = [&] {
    if (!line.empty()) all += line + "\n";
    line.clear();
  };
  for (std::string word; words >> word;) {
    const std::string safe = escaped(word);
    if (!line.empty() && line.size() + 1 + safe.size() > kWidth) end_line();
    line += (line.empty() ? "" : " ") + safe;
    if (ends_a_sentence(word)) end_line();
  }
  end_line();
  return all;
}

std::string roff_paragraphs(const std::string& text) {
  std::string all;
  std::istringstream lines(text + "\n\n");
  std::string paragraph;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) {
      paragraph += line + "\n";
      continue;
    }
    if (paragraph.empty()) continue;
    const bool literal = paragraph.front() == ' ';
    if (!literal && !all.empty()) all += ".Pp\n";
    all += literal ? shown_as_it_is(paragraph) : roff_text(paragraph);
    paragraph.clear();
  }
  return all;
}

}  // namespace gordian
