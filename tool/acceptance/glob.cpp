// glob.cpp - see glob.h.
#include "acceptance/glob.h"

#include <cstddef>

namespace gordian {

// Of several stars only the last one met can have to take in more: whatever the ones before it
// match is as short as it can be.
bool glob_matches(std::string_view pattern, std::string_view text, Wildcards wildcards) {
  const bool any_byte = wildcards == Wildcards::star_and_question_mark;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // the last one met
  std::size_t after_star = 0;                 // where in `text` what follows it is tried
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = t;
    } else if (p < pattern.size() && ((any_byte && pattern[p] == '?') || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++after_star;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace gordian
