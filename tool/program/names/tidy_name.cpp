// tidy_name.cpp - one spelling for every C++ name.
//
// A name is walked once, left to right; each bracket's inside is tidied on its own
// and put back, so a rule sees arguments that are tidy already.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "program/names/name_brackets.h"
#include "program/names/names.h"

namespace gordian {
namespace {

constexpr int kDeepest = 100;  // brackets within brackets; deeper text is copied as it stands

struct Spelling {
  std::string_view from;
  std::string_view to;
};

// g++'s debug info spells these as the C standard's grammar does.
constexpr std::array kIntegers{
    Spelling{"long unsigned int", "unsigned long"},           Spelling{"long int", "long"},
    Spelling{"long long unsigned int", "unsigned long long"}, Spelling{"long long int", "long long"},
    Spelling{"short unsigned int", "unsigned short"},         Spelling{"short int", "short"},
};

// The demangler has no other name for it.
constexpr std::string_view kDemangledNull = "decltype(nullptr)";

// Templates whose usual instance has a name of its own.
constexpr std::array kAliases{
    Spelling{"std::basic_string<char>", "std::string"},
    Spelling{"std::basic_string<wchar_t>", "std::wstring"},
    Spelling{"std::basic_string<char8_t>", "std::u8string"},
    Spelling{"std::basic_string<char16_t>", "std::u16string"},
    Spelling{"std::basic_string<char32_t>", "std::u32string"},
    Spelling{"std::basic_string_view<char>", "std::string_view"},
    Spelling{"std::basic_string_view<wchar_t>", "std::wstring_view"},
    Spelling{"std::basic_ostream<char>", "std::ostream"},
    Spelling{"std::basic_istream<char>", "std::istream"},
    Spelling{"std::basic_iostream<char>", "std::iostream"},
    Spelling{"std::basic_ifstream<char>", "std::ifstream"},
    Spelling{"std::basic_ofstream<char>", "std::ofstream"},
    Spelling{"std::basic_fstream<char>", "std::fstream"},
    Spelling{"std::basic_ostringstream<char>", "std::ostringstream"},
    Spelling{"std::basic_istringstream<char>", "std::istringstream"},
    Spelling{"std::basic_stringstream<char>", "std::stringstream"},
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_lock_policy(std::string_view argument) {
  return argument.starts_with("(__gnu_cxx::_Lock_policy)") || argument == "__gnu_cxx::_S_atomic" ||
         argument == "__gnu_cxx::_S_single" || argument == "__gnu_cxx::_S_mutex";
}

bool is_default(std::string_view argument, std::string_view first) {
  if (argument.starts_with("std::allocator<") || argument.starts_with("std::char_traits<")) {
    return true;
  }
  for (const std::string_view name : {"std::less", "std::hash", "std::equal_to", "std::default_delete"}) {
    if (argument.size() == name.size() + first.size() + 2 && argument.starts_with(name) &&
        argument.substr(name.size() + 1, first.size()) == first) {
      return true;
    }
  }
  return false;
}

void drop_defaults(std::string_view name, std::vector<std::string>& arguments) {
  if (!name.starts_with("std::") && !name.starts_with("__gnu_cxx::")) {
    return;
  }
  std::erase_if(arguments, [](const std::string& a) { return is_lock_policy(a); });
  const std::string_view last_part = name.substr(name.rfind(':') + 1);
  if (last_part == "allocator" || last_part.starts_with("__new_allocator")) {
    return;
  }
  // std::pair and the like may hold an allocator as a value: only libraries' own defaults go.
  const bool takes_values = last_part == "pair" || last_part == "tuple" || last_part == "variant" ||
                            last_part == "_Tuple_impl" || last_part.starts_with("_Head_base");
  while (!takes_values && arguments.size() > 1 && is_default(arguments.back(), arguments.front())) {
    arguments.pop_back();
  }
}

// The value of '<', '\\n', '\\000', '\\x00' or (char)60; none for anything else. A char is signed.
std::optional<int> character_value(std::string_view text) {
  constexpr std::string_view kCast = "(char)";
  std::int64_t value = 0;
  const auto number = [&](std::string_view digits, int base) {
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    return parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size();
  };
  if (text.starts_with(kCast)) {
    if (!number(text.substr(kCast.size()), 10)) return std::nullopt;
    return static_cast<int>(value);
  }
  if (text.size() < 3 || text.front() != '\'' || text.back() != '\'') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  if (text.size() == 1) return static_cast<signed char>(text[0]);
  if (text[0] != '\\') return std::nullopt;
  constexpr std::string_view kEscapes = "a\ab\bt\tn\nv\vf\fr\r\\\\''\"\"";
  const std::size_t escape = text.size() == 2 ? kEscapes.find(text[1]) : std::string_view::npos;
  if (escape != std::string_view::npos) return kEscapes[escape % 2 == 0 ? escape + 1 : escape];
  const bool hexadecimal = text[1] == 'x';
  if (!number(text.substr(hexadecimal ? 2 : 1), hexadecimal ? 16 : 8)) return std::nullopt;
  return static_cast<signed char>(value);  // g++ writes '\37777777600' for '\x80'
}

// As its author would write it, where that can be printed.
std::string character_argument(int value) {
  if (value == '\'' || value == '\\') return std::string("'\\") + static_cast<char>(value) + "'";
  if (value > ' ' && value < 0x7f) return std::string("'") + static_cast<char>(value) + "'";
  return "(char)" + std::to_string(value);
}

// Numbers without their suffix (3ul), characters and integers in one spelling, const in front.
std::string canonical_argument(std::string_view text) {
  text = trimmed(text);
  if (const auto character = character_value(text)) return character_argument(*character);
  const std::size_t digits = text.find_first_not_of("-0123456789");
  if (!text.empty() && digits != 0 && digits != std::string_view::npos &&
      text.find_first_not_of("uUlL", digits) == std::string_view::npos) {
    return std::string(text.substr(0, digits));
  }
  const NameBrackets brackets(text);
  std::size_t base_end = 0;
  while (base_end < text.size() && text[base_end] != '*' && text[base_end] != '&' && text[base_end] != '(') {
    base_end = brackets.skip(base_end);
  }
  if (base_end < text.size() && text[base_end] == '(' && text.find("(anonymous namespace)") != base_end) {
    return std::string(text);
  }
  if (base_end < text.size() && text[base_end] == '(') {
    base_end = text.find_first_of("*&", brackets.skip(base_end));
    base_end = std::min(base_end, text.size());
  }
  std::string_view base = trimmed(text.substr(0, base_end));
  const std::string_view rest = text.substr(base_end);
  bool is_const = false;
  if (base.ends_with(" const")) {
    is_const = true;
    base.remove_suffix(6);
  } else if (base.starts_with("const ")) {
    is_const = true;
    base.remove_prefix(6);
  }
  const auto* integer =
      std::find_if(kIntegers.begin(), kIntegers.end(), [&](const Spelling& s) { return s.from == base; });
  return (is_const ? "const " : "") + std::string(integer != kIntegers.end() ? integer->to : base) +
         std::string(rest);
}

class Tidier {
 public:
  explicit Tidier(std::string_view name) : name_(name), brackets_(name) {}

  std::string range(std::size_t first, std::size_t last, int depth) {
    if (depth > kDeepest) {
      return std::string(name_.substr(first, last - first));
    }
    std::string out;
    std::size_t start = 0;  // in `out`: of the name that a template argument list would belong to
    for (std::size_t i = first; i < last;) {
      if (const std::size_t end = brackets_.atom_end(i); end != i) {
        out += name_.substr(i, std::min(end, last) - i);
        i = end;
        // The demangler parts `operator< <T>` by a space.
        if (i + 1 < last && name_[i] == ' ' && name_[i + 1] == '<') {
          out += ' ';
          ++i;
        }
      } else if (brackets_.close_of(i) != NameBrackets::kNowhere) {
        bracket(i, out, start, depth);
        i = brackets_.close_of(i) + 1;
      } else if (name_[i] == '$' && i + 2 < last && name_[i + 1] == '_') {
        i = clang_closure(i, last, out);
      } else {
        character(name_[i], out, start);
        ++i;
      }
    }
    return out;
  }

 private:
  void character(char c, std::string& out, std::size_t& start) {
    if ((c == '*' || c == '&') && out.ends_with(' ')) {
      out.pop_back();
    }
    out += c;
    if (c == ' ' || c == '*' || c == '&' || c == ',') {
      start = out.size();
    }
    for (const std::string_view space : {"std::__cxx11::", "std::__1::", "std::_V2::", "std::__cxx1998::"}) {
      const bool ends = c == ':' && out.ends_with(space);
      if (ends && (out.size() == space.size() || !is_word(out[out.size() - space.size() - 1]))) {
        out.resize(out.size() - space.size() + 5);
      }
    }
  }

  // clang numbers closures of a file from 0, the ABI's own names count from 1.
  std::size_t clang_closure(std::size_t at, std::size_t last, std::string& out) {
    std::size_t end = at + 2;
    std::size_t number = 0;
    while (end < last && std::isdigit(static_cast<unsigned char>(name_[end])) != 0 && end < at + 8) {
      number = number * 10 + static_cast<std::size_t>(name_[end] - '0');
      ++end;
    }
    out += "{lambda#" + std::to_string(number + 1) + "}";
    return end;
  }

  std::vector<std::string> arguments(std::size_t open, int depth) {
    std::vector<std::string> found;
    for (const auto& [first, last] : brackets_.parts(open + 1, brackets_.close_of(open))) {
      found.push_back(canonical_argument(range(first, last, depth + 1)));
    }
    return found;
  }

  static std::string join(const std::vector<std::string>& parts) {
    std::string joined;
    for (const std::string& part : parts) {
      joined += (joined.empty() ? "" : ", ") + part;
    }
    return joined;
  }

  void bracket(std::size_t open, std::string& out, std::size_t start, int depth) {
    const std::size_t close = brackets_.close_of(open);
    const std::string_view inside = name_.substr(open + 1, close - open - 1);
    if (name_[open] != '<') {
      if (!(name_[open] == '[' && inside.starts_with("abi:"))) {
        if (name_[open] == '[' && out.ends_with(' ')) {
          out.pop_back();  // the demangler writes `Tree []`
        }
        const bool parameters = name_[open] == '(' && !inside.starts_with("anonymous ") &&
                                inside.find('*') != 0 && inside.find('&') != 0 && !inside.ends_with("::*");
        if (parameters && out.ends_with(' ')) {
          out.pop_back();  // the demangler and clang write `void (int)`
        }
        out += name_[open] + join(arguments(open, depth)) + name_[close];
        if (out.ends_with(kDemangledNull)) out.replace(out.size() - kDemangledNull.size(), std::string::npos, "std::nullptr_t");
      }
      return;
    }
    if (inside == "unnamed" && name_.substr(close + 1).starts_with("::")) {
      out += "(anonymous namespace)";  // so g++'s debug info writes it round an enumerator
      return;
    }
    if (inside.starts_with("lambda") || inside.starts_with("unnamed")) {
      out += '<' + join(arguments(open, depth)) + '>';
      return;
    }
    std::vector<std::string> parts = arguments(open, depth);
    std::string name = out.substr(start);
    drop_defaults(name, parts);
    if (name == "std::__shared_ptr" || name == "std::__weak_ptr") {
      name.erase(5, 2);
    }
    std::string whole = name + '<' + join(parts) + '>';
    const auto* alias =
        std::find_if(kAliases.begin(), kAliases.end(), [&](const Spelling& s) { return s.from == whole; });
    out.resize(start);
    out += alias != kAliases.end() ? std::string(alias->to) : whole;
  }

  std::string_view name_;
  NameBrackets brackets_;
};

}  // namespace

std::string tidy_name(std::string_view name) {
  return canonical_argument(Tidier(name).range(0, name.size(), 0));
}

}  // namespace gordian
