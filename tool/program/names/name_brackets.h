// name_brackets.h - which bracket of a C++ name closes which.
//
// The one hard part of reading a demangled name: `<` may open a template argument
// list, be part of `operator<`, of `->`, of '<', of g++'s `<lambda(int)>`, or compare two
// numbers. One pass decides, so that no reader has to look back.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace gordian {

class NameBrackets {
 public:
  explicit NameBrackets(std::string_view name);

  // Where the bracket opened at `at` closes; `kNowhere` when nothing opens there.
  std::size_t close_of(std::size_t at) const { return close_[at]; }

  // The end of the operator's name (`operator<<`) or of the character ('<') that starts at `at`, or `at`.
  std::size_t atom_end(std::size_t at) const;

  // [first, last) split at its top-level commas. Nothing in it: no parts.
  std::vector<std::pair<std::size_t, std::size_t>> parts(std::size_t first, std::size_t last) const;

  // The next place at or after `at` that is in no bracket opened since: `at` itself,
  // or past the bracket that opens there.
  std::size_t skip(std::size_t at) const { return close_[at] == kNowhere ? at + 1 : close_[at] + 1; }

  static constexpr std::size_t kNowhere = std::string_view::npos;

 private:
  std::size_t character_end(std::size_t at) const;

  std::string_view name_;
  std::vector<std::size_t> close_;
};

}  // namespace gordian
