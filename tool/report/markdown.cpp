// markdown.cpp - entities, and fences longer than what they hold.
#include "report/markdown.h"

#include <algorithm>
#include <cctype>

namespace gordian {
namespace {

// Markdown gives a meaning to each of these somewhere. An entity never has one: it is a character
// of text by the time that Markdown has been read.
constexpr std::string_view kMarkup = "&<>\"'`|*_{}[]#+!~$@\\^=";

bool is_alphanumeric(std::string_view character) {
  return character.size() == 1 && std::isalnum(static_cast<unsigned char>(character[0])) != 0;
}

// std::weak_ptr stays legible where the Markdown itself is read.
bool inside_a_word(std::string_view text, std::size_t i) {
  return text[i] == '_' && i != 0 && is_alphanumeric(text.substr(i - 1, 1)) &&
         is_alphanumeric(text.substr(i + 1, 1));
}

std::string entities(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (kMarkup.find(c) != std::string_view::npos && !inside_a_word(text, i)) {
      escaped += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string html_code(std::string_view text) {
  return "<code>" + entities(text) + "</code>";
}

std::string html_text(std::string_view text) {
  return entities(text);
}

std::string code_span(std::string_view text) {
  const std::string fence(longest_run_of_backticks(text) + 1, '`');
  // One space at each end is taken off again; it keeps a backtick there apart from the fence.
  const bool padded = text.empty() || text.front() == '`' || text.back() == '`' || text.front() == ' ';
  const std::string space = padded ? " " : "";
  return fence + space + std::string(text) + space + fence;
}

std::string code_block(std::string_view text) {
  const std::string fence(std::max<std::size_t>(longest_run_of_backticks(text) + 1, 3), '`');
  return fence + "text\n" + std::string(text) + fence + "\n";
}

}  // namespace gordian
