// names.cpp - takes names apart; demangle.cpp and tidy_name.cpp have where they come from.
#include "program/names/names.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>

#include "program/names/name_brackets.h"

namespace gordian {
namespace {

constexpr std::size_t kLongestParameters = 40;

// Whether `text` ends a function's name: what may follow its parameter list.
bool only_qualifiers(std::string_view text) {
  while (!text.empty()) {
    bool cut = false;
    for (const std::string_view word : {" const", " volatile", " noexcept", " &&", " &", "&&", "&"}) {
      if (text.starts_with(word)) {
        text.remove_prefix(word.size());
        cut = true;
        break;
      }
    }
    if (!cut) {
      return false;
    }
  }
  return true;
}

// Where the parameter list of a function's name opens; its size when there is none.
std::size_t parameters_of(std::string_view name, const NameBrackets& brackets) {
  for (std::size_t i = 0; i < name.size();) {
    if (const std::size_t end = brackets.atom_end(i); end != i) {
      i = end;
      continue;
    }
    const std::size_t close = brackets.close_of(i);
    if (name[i] == '(' && close != NameBrackets::kNowhere && only_qualifiers(name.substr(close + 1))) {
      return i;
    }
    i = brackets.skip(i);
  }
  return name.size();
}

// Where the name itself starts, behind a return type, in `name` up to its parameters.
std::size_t start_of_name(std::string_view name, const NameBrackets& brackets, std::size_t end) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < end;) {
    if (brackets.atom_end(i) != i || name.substr(i).starts_with("operator ")) {
      break;  // what follows belongs to the operator's name: a type, or its template arguments
    }
    if (name[i] == ' ') {
      const std::string_view rest = name.substr(i);
      const bool qualifier = rest.starts_with(" const::") || rest.starts_with(" volatile::") ||
                             rest.starts_with(" const ") || rest.starts_with(" &::") ||
                             rest.starts_with(" &&::");
      start = qualifier ? start : i + 1;
    }
    i = brackets.skip(i);
  }
  return start;
}

}  // namespace

std::string tidy_function_name(std::string_view name) {
  if (const std::size_t clone = name.find(" [clone"); clone != std::string_view::npos) {
    name = name.substr(0, clone);
  }
  std::string tidy = tidy_name(name);
  const NameBrackets brackets(tidy);
  const std::size_t open = parameters_of(tidy, brackets);
  const std::size_t start = start_of_name(tidy, brackets, open);
  if (open < tidy.size()) {
    const std::size_t close = brackets.close_of(open);
    if (close - open > kLongestParameters) {
      tidy.replace(open, close - open + 1, "(...)");
    } else if (close - open == 5 && tidy.compare(open, 6, "(void)") == 0) {
      tidy.replace(open, 6, "()");
    }
  }
  return tidy.substr(start);
}

std::string without_parameters(std::string_view function) {
  return std::string(function.substr(0, parameters_of(function, NameBrackets(function))));
}

TemplateName split_template(std::string_view name) {
  const NameBrackets brackets(name);
  if (name.empty() || name.back() != '>') {
    return {std::string(name), {}};
  }
  for (std::size_t i = 0; i < name.size();) {
    if (const std::size_t end = brackets.atom_end(i); end != i) {
      i = end;
      continue;
    }
    if (name[i] == '<' && brackets.close_of(i) == name.size() - 1) {
      TemplateName result{std::string(name.substr(0, i)), {}};
      for (const auto& [first, last] : brackets.parts(i + 1, name.size() - 1)) {
        std::string_view part = name.substr(first, last - first);
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        while (!part.empty() && part.back() == ' ') {
          part.remove_suffix(1);
        }
        result.arguments.emplace_back(part);
      }
      return result;
    }
    i = brackets.skip(i);
  }
  return {std::string(name), {}};
}

std::string without_arguments(std::string_view name) {
  const NameBrackets brackets(name);
  std::string result;
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t next = brackets.atom_end(i) != i ? brackets.atom_end(i) : brackets.skip(i);
    const bool arguments = name[i] == '<' && next > i + 1 && !name.substr(i).starts_with("<lambda");
    if (!arguments) {
      result += name.substr(i, next - i);
    }
    i = next;
  }
  return result;
}

std::string managed_type_name(std::string_view control_class) {
  const TemplateName control = split_template(tidy_name(control_class));
  if (control.arguments.empty()) {
    return {};
  }
  std::string first = control.arguments.front();
  const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), control.name) != names.end();
  };
  if (is_one_of({"std::_Sp_counted_ptr_inplace", "std::__shared_ptr_emplace",
                 "boost::detail::sp_counted_impl_p"})) {
    return first;
  }
  const bool boost_array = control.name == "boost::detail::sp_array_base";
  if (boost_array || control.name == "std::_Sp_counted_array") {
    const TemplateName state = split_template(first);  // boost's holds the allocator
    const TemplateName allocator =
        boost_array && !state.arguments.empty() ? split_template(state.arguments.front()) : state;
    return allocator.arguments.empty() ? std::string() : allocator.arguments.front() + "[]";
  }
  if (is_one_of({"std::_Sp_counted_ptr", "std::_Sp_counted_deleter", "std::__shared_ptr_pointer",
                 "boost::detail::sp_counted_impl_pd", "boost::detail::sp_counted_impl_pda"})) {
    if (!first.empty() && first.back() == '*') {
      first.pop_back();
    }
    const std::string deleter = control.arguments.size() > 1 ? control.arguments[1] : std::string();
    const bool array = deleter == "std::__sp_array_delete" ||
                       deleter == "std::default_delete<" + first + "[]>" ||
                       deleter == "boost::checked_array_deleter<" + first + ">" ||
                       deleter.starts_with("std::shared_ptr<" + first + "[]>::__shared_ptr_default_delete<");
    return array ? first + "[]" : first;
  }
  return {};
}

namespace {

// Text that each compiler writes its own way: closures and unnamed types.
bool is_nameless(std::string_view text) {
  return text.find("lambda") != std::string_view::npos || text.find("unnamed") != std::string_view::npos ||
         text.find("$_") != std::string_view::npos;
}

// A template argument that is a value: clang's debug info names an enumerator where
// the demangler casts a number.
bool is_cast(std::string_view text) {
  const std::size_t close = text.starts_with('(') ? text.rfind(')') : std::string_view::npos;
  return close != std::string_view::npos && close + 1 < text.size() &&
         text.find_first_not_of("-0123456789", close + 1) == std::string_view::npos;
}

// What is left of a name when spacing does not count, and neither do the empty parentheses
// of `main()::Local` in g++'s debug info, which the demangler calls `main::Local`.
std::string bare(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == ')' && result.ends_with('(')) {
      result.pop_back();
    } else if (c != ' ') {
      result += c;
    }
  }
  return result;
}

// `main::Local` of `main(int, char**)::Local`: the symbol of main, and of any C function, has no parameters.
std::string without_parameters_of_scope(std::string_view text) {
  const auto is_of_identifier = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  const auto open =
      static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_of_identifier) - text.begin());
  if (open == 0 || open == text.size() || text[open] != '(') {
    return std::string(text);
  }
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) {
      const std::string_view behind = text.substr(i + 1);
      return std::string(behind.starts_with("::") ? text.substr(0, open) : text.substr(0, i + 1)) +
             std::string(behind);
    }
  }
  return std::string(text);
}

bool are_same_text(std::string_view a, std::string_view b) {
  const std::string left = bare(a);
  const std::string right = bare(b);
  return left == right || without_parameters_of_scope(left) == right ||
         left == without_parameters_of_scope(right);
}

NameMatch match_arguments(std::string_view a, std::string_view b, int depth) {
  if (a == b || are_same_text(a, b)) {
    return is_nameless(a) ? NameMatch::possible : NameMatch::same;
  }
  const bool value = is_cast(a) != is_cast(b);
  if (value || depth == 0) {
    const std::string_view other = is_cast(a) ? b : a;
    return other.find("::") != std::string_view::npos && depth > 0 ? NameMatch::possible
                                                                   : NameMatch::different;
  }
  const TemplateName left = split_template(a);
  const TemplateName right = split_template(b);
  if (is_nameless(left.name) && is_nameless(right.name) &&
      left.arguments.empty() == right.arguments.empty()) {
    return NameMatch::possible;
  }
  if (is_nameless(a) && is_nameless(b) && (left.arguments.empty() || right.arguments.empty())) {
    return NameMatch::possible;
  }
  if (!are_same_text(left.name, right.name) || left.arguments.size() != right.arguments.size() ||
      left.arguments.empty()) {
    return NameMatch::different;
  }
  NameMatch result = NameMatch::same;
  for (std::size_t i = 0; i < left.arguments.size(); ++i) {
    result = std::min(result, match_arguments(left.arguments[i], right.arguments[i], depth - 1));
  }
  return result;
}

}  // namespace

NameMatch match_names(std::string_view a, std::string_view b) {
  return match_arguments(a, b, 32);
}

}  // namespace gordian
