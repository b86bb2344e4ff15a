// families.cpp - see families.h.
#include "program/types/families.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/error.h"
#include "base/text_file.h"

namespace gordian {
namespace {

constexpr std::uint64_t kLargestOffset = 1u << 20;
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
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
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

std::string_view read_word(LineReader& line, const char* what) {
  const std::string_view word = line.next();
  if (word.empty()) line.fail(std::string("the line has no ") + what + "; it needs HANDLE POINTER COUNT");
  return word;
}

void require_name(LineReader& line, std::string_view word, const char* what, bool qualified) {
  if (word.find('<') != std::string_view::npos) line.fail("write the class without its template arguments");
  if (!is_name(word, qualified)) line.fail("\"" + std::string(word) + "\" cannot be the name of the " + what);
}

std::string read_name(LineReader& line, const char* what, bool qualified) {
  const std::string_view word = read_word(line, what);
  require_name(line, word, what, qualified);
  return std::string(word);
}

// CLASS::MEMBER, MEMBER or CLASS::MEMBER@OFFSET.
Member read_count(LineReader& line) {
  std::string_view word = read_word(line, "count member");
  Member member;
  if (const std::size_t at = word.find('@'); at != std::string_view::npos) {
    const std::string_view digits = word.substr(at + 1);
    std::uint64_t offset = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), offset);
    if (error != std::errc() || end != digits.data() + digits.size() || offset > kLargestOffset)
      line.fail("\"" + std::string(digits) + "\" is no offset in bytes");
    member.offset = offset;
    word = word.substr(0, at);
  }
  require_name(line, word, "count member", true);
  const std::size_t colons = word.rfind("::");
  const bool owned = colons != std::string_view::npos;
  if (member.offset && !owned) line.fail("an offset needs the class that it is in: CLASS::MEMBER@OFFSET");
  if (owned) member.owner = std::string(word.substr(0, colons));
  member.name = std::string(owned ? word.substr(colons + 2) : word);
  return member;
}

}  // namespace

Families::Families() {
  read_text(known_families(), "the families that are built in");
  own_ = 0;
  own_rows_.clear();
}

void Families::read(const std::filesystem::path& path) {
  read_text(read_text_file(path, "a families file"), path.string());
}

void Families::read_text(std::string_view text, const std::string& name) {
  for_each_line(text, [&](std::string_view words, std::size_t number) {
    const std::string where = name + ":" + std::to_string(number);
    LineReader line(words, where);
    LineReader look = line;
    if (look.next().empty()) return;
    const std::string handle = read_name(line, "handle class", true);
    const std::string pointer = read_name(line, "pointer member", false);
    Member count = read_count(line);
    LineReader rest = line;
    const std::string object = rest.next().empty() ? "" : read_name(line, "object member", false);
    if (!line.next().empty()) line.fail("there is more on the line than HANDLE POINTER COUNT OBJECT");
    own_rows_.push_back({where, handle, pointer, object, count});
    add({handle, pointer, object, {std::move(count)}});
  });
}

void Families::add(HandleFamily row) {
  const auto own_end = families_.begin() + static_cast<std::ptrdiff_t>(own_);
  const auto same = [&](const HandleFamily& family) {
    return family.handle == row.handle && family.pointer == row.pointer && family.object == row.object;
  };
  if (const auto known = std::find_if(families_.begin(), own_end, same); known != own_end) {
    known->counts.push_back(std::move(row.counts.front()));
    return;
  }
  // A user's row for a well-known handle adds to what is known of it.
  if (const auto built_in = std::find_if(own_end, families_.end(), same); built_in != families_.end()) {
    row.counts.insert(row.counts.end(), built_in->counts.begin(), built_in->counts.end());
  }
  families_.insert(own_end, std::move(row));
  ++own_;
}

std::optional<std::uint32_t> Families::of_handle(std::string_view class_name) const {
  const auto found = std::find_if(families_.begin(), families_.end(),
                                  [&](const HandleFamily& family) { return family.handle == class_name; });
  if (found == families_.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - families_.begin());
}

}  // namespace gordian
