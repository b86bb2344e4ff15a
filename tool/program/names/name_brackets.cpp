// name_brackets.cpp - see name_brackets.h.
#include "program/names/name_brackets.h"

#include <cctype>

namespace gordian {
namespace {

bool is_identifier(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

char closer_of(char c) {
  switch (c) {
    case '<':
      return '>';
    case '(':
      return ')';
    case '{':
      return '}';
    case '[':
      return ']';
    default:
      return 0;
  }
}

}  // namespace

NameBrackets::NameBrackets(std::string_view name) : name_(name), close_(name.size(), kNowhere) {
  std::vector<std::size_t> open;
  std::vector<std::size_t> real;  // where in `open` those that are no '<' lie
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t after_atom = atom_end(i);
    if (after_atom != i) {
      i = after_atom;
      continue;
    }
    const char c = name[i];
    if (c == '-' && i + 1 < name.size() && name[i + 1] == '>') {
      i += 2;
      continue;
    }
    if (closer_of(c) != 0) {
      if (c != '<') real.push_back(open.size());
      open.push_back(i);
    } else if (c == '>' || c == ')' || c == '}' || c == ']') {
      // A real bracket ends what a mere less-than seemed to open inside it.
      const std::size_t depth = c == '>' ? open.size() : real.empty() ? 0 : real.back() + 1;
      if (depth > 0 && closer_of(name[open[depth - 1]]) == c) {
        close_[open[depth - 1]] = i;
        open.resize(depth - 1);
        if (c != '>') real.pop_back();
      }
    }
    ++i;
  }
}

std::size_t NameBrackets::character_end(std::size_t at) const {
  const std::string_view rest = name_.substr(at);
  if (rest.size() < 3 || rest[0] != '\'' || (at > 0 && is_identifier(name_[at - 1]))) return at;
  const std::size_t end = rest[1] == '\\' ? rest.find('\'', 3) : 2;  // not 'lambda'
  return end < rest.size() && rest[end] == '\'' && end < 20 ? at + end + 1 : at;
}

std::size_t NameBrackets::atom_end(std::size_t at) const {
  if (const std::size_t end = character_end(at); end != at) return end;
  constexpr std::string_view kWord = "operator";
  if (name_.substr(at, kWord.size()) != kWord || (at > 0 && is_identifier(name_[at - 1]))) {
    return at;
  }
  const std::string_view rest = name_.substr(at + kWord.size());
  for (const std::string_view symbol :
       {"<=>", "<<=", ">>=", "->*", "<<", ">>", "<=", ">=", "->", "()", "[]", "<", ">", ",", "*", "&"}) {
    if (rest.starts_with(symbol)) {
      return at + kWord.size() + symbol.size();
    }
  }
  return at;
}

std::vector<std::pair<std::size_t, std::size_t>> NameBrackets::parts(std::size_t first,
                                                                     std::size_t last) const {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  std::size_t start = first;
  for (std::size_t i = first; i < last;) {
    const std::size_t after_atom = atom_end(i);
    if (after_atom != i) {
      i = after_atom;
      continue;
    }
    if (name_[i] == ',') {
      found.emplace_back(start, i);
      start = i + 1;
    }
    i = skip(i);
  }
  if (first < last) {
    found.emplace_back(start, last);
  }
  return found;
}

}  // namespace gordian
