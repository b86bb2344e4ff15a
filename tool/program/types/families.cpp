// families.cpp - see families.h.
#include "program/types/families.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/error.h"

namespace gordian {
namespace {

constexpr std::string_view kBlank = " \t\r";

// One line, cut into words; for messages that say where.
class LineReader {
 public:
  LineReader(std::string_view line, std::string where) : line_(line), where_(std::move(where)) {}

  // The next word; "" at the end or before a comment.
  std::string_view next() {
    at_ = std::min(line_.find_first_not_of(kBlank, at_), line_.size());
    start_ = at_;
    if (at_ < line_.size() && line_[at_] == '#') return {};
    at_ = std::min(line_.find_first_of(kBlank, at_), line_.size());
    return line_.substr(start_, at_ - start_);
  }
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(where_ + ":" + std::to_string(start_ + 1) + ": " + what);
  }

 private:
  std::string_view line_;
  std::string where_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
};

bool is_name(std::string_view word, bool qualified) {
  const auto is_start = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  };
  bool at_start = true;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (qualified && !at_start && word.substr(i).starts_with("::")) {
      ++i;
      at_start = true;
    } else if (is_start(word[i]) || (!at_start && word[i] >= '0' && word[i] <= '9')) {
      at_start = false;
    } else {
      return false;
    }
  }
  return !at_start;
}

std::string_view read_name(LineReader& line, const char* what, bool qualified) {
  const std::string_view word = line.next();
  if (word.empty()) line.fail(std::string("the line has no ") + what + "; it needs HANDLE POINTER COUNT");
  if (word.find('<') != std::string_view::npos) line.fail("write the class without its template arguments");
  if (!is_name(word, qualified)) line.fail("\"" + std::string(word) + "\" is no name of a " + what);
  return word;
}

Member member_of(std::string_view qualified) {
  const std::size_t colons = qualified.rfind("::");
  if (colons == std::string_view::npos) return {"", std::string(qualified)};
  return {std::string(qualified.substr(0, colons)), std::string(qualified.substr(colons + 2))};
}

}  // namespace

Families::Families() {
  read_text(known_families(), "the families that are built in");
  own_ = 0;
}

void Families::read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file || !text) throw Error(path.string() + ": cannot be read; name a families file");
  read_text(text.str(), path.string());
}

void Families::read_text(std::string_view text, const std::string& name) {
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    LineReader line(text.substr(0, end), name + ":" + std::to_string(++number));
    LineReader look = line;
    if (!look.next().empty()) {
      const std::string handle(read_name(line, "handle class", true));
      const std::string pointer(read_name(line, "pointer member", false));
      const std::string count(read_name(line, "count member", true));
      if (!line.next().empty()) line.fail("there is more on the line than HANDLE POINTER COUNT");
      add(handle, pointer, member_of(count));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void Families::add(const std::string& handle, const std::string& pointer, Member count) {
  const auto own_end = families_.begin() + static_cast<std::ptrdiff_t>(own_);
  const auto known = std::find_if(families_.begin(), own_end, [&](const HandleFamily& family) {
    return family.handle == handle && family.pointer == pointer;
  });
  if (known != own_end) {
    known->counts.push_back(std::move(count));
    return;
  }
  HandleFamily family{handle, pointer, {std::move(count)}};
  // A user's row for a well-known handle adds to what is known of it.
  for (auto built_in = own_end; built_in != families_.end(); ++built_in) {
    if (built_in->handle != handle || built_in->pointer != pointer) continue;
    family.counts.insert(family.counts.end(), built_in->counts.begin(), built_in->counts.end());
  }
  families_.insert(own_end, std::move(family));
  ++own_;
}

std::optional<std::uint32_t> Families::of_handle(std::string_view class_name) const {
  const auto found = std::find_if(families_.begin(), families_.end(),
                                  [&](const HandleFamily& family) { return family.handle == class_name; });
  if (found == families_.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - families_.begin());
}

}  // namespace gordian
