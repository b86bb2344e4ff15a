// suppressions.cpp - from lines to rules.
#include "acceptance/suppressions.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "analysis/findings.h"
#include "base/error.h"
#include "base/text_file.h"

namespace gordian {
namespace {

constexpr std::string_view kBlank = " \t\r";
constexpr std::string_view kBecause = "because";
constexpr std::string_view kAnd = "and";

constexpr std::array<std::pair<std::string_view, Subject>, 6> kSubjects = {{
    {"type", Subject::type},
    {"member", Subject::member},
    {"function", Subject::function},
    {"file", Subject::file},
    {"id", Subject::id},
    {"leak", Subject::leak},
}};

std::optional<Subject> subject_called(std::string_view word) {
  const auto* const found =
      std::find_if(kSubjects.begin(), kSubjects.end(), [&](const auto& row) { return row.first == word; });
  if (found == kSubjects.end()) return std::nullopt;
  return found->second;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return text.substr(text.size());
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Where `word` stands in `text` at or behind `from`, with a blank in front and a blank or the end behind;
// npos.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 1) {
  for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool ends = end == text.size() || kBlank.find(text[end]) != std::string_view::npos;
    if (at > 0 && kBlank.find(text[at - 1]) != std::string_view::npos && ends) return at;
  }
  return std::string_view::npos;
}

// "files" of "files:*/vendor/*"; "" where no such word stands there: a name with :: is none.
std::string_view leading_word(std::string_view text) {
  const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
  const bool named = end != std::string_view::npos && end != 0 && text[end] == ':';
  return named && !text.substr(end).starts_with("::") ? text.substr(0, end) : std::string_view();
}

// "Tree::kids[]" of "Tree::kids[1]", as reports show the element of the instance that is their example.
std::string without_indexes(std::string_view member) {
  std::string text;
  for (std::size_t i = 0; i < member.size(); ++i) {
    text += member[i];
    const std::size_t end = member.find_first_not_of("0123456789", i + 1);
    if (member[i] == '[' && end != std::string_view::npos && member[end] == ']') i = end - 1;
  }
  return text;
}

// What LeakSanitizer means by a pattern: a part of the name, unless ^ or $ says that it begins or ends it.
std::string glob_of_leak(std::string_view pattern) {
  const bool at_start = pattern.starts_with('^');
  if (at_start) pattern.remove_prefix(1);
  const bool at_end = pattern.ends_with('$');
  if (at_end) pattern.remove_suffix(1);
  return (at_start ? "" : "*") + std::string(pattern) + (at_end ? "" : "*");
}

// One line of a file, and where in it we are: for messages.
class RuleReader {
 public:
  RuleReader(std::string_view line, std::string where) : line_(line), where_(std::move(where)) {}

  SuppressionRule read() {
    SuppressionRule rule;
    rule.where = where_;
    const std::string_view body = trimmed(line_);
    if (body.starts_with("leak:")) {
      rule.text = body;
      rule.conditions = {read_leak(trimmed(body.substr(5)))};
      return rule;
    }
    // Looked at before the reason is missed, which would be no help with "race:foo" or "Session".
    const std::size_t because = find_word(body, kBecause);
    const std::string_view conditions = trimmed(body.substr(0, because));
    rule.text = conditions;
    read_conditions(conditions, rule);
    if (because == std::string::npos)
      fail(end_of(body), "the reason is missing: end the line with \"because ...\"");
    rule.reason = trimmed(body.substr(std::min(because + kBecause.size(), body.size())));
    if (rule.reason.empty()) fail(end_of(body), "there is no reason after \"because\"");
    return rule;
  }

 private:
  std::size_t column_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - line_.data());
  }
  std::size_t end_of(std::string_view part) const { return column_of(part) + part.size(); }

  [[noreturn]] void fail(std::size_t column, const std::string& what) const {
    throw Error(where_ + ":" + std::to_string(column + 1) + ": " + what);
  }

  // LeakSanitizer would take what follows for a part of the name.
  Condition read_leak(std::string_view pattern) const {
    if (pattern.empty()) fail(end_of(trimmed(line_)), "the pattern is missing");
    if (const std::size_t because = find_word(pattern, kBecause); because != std::string_view::npos)
      fail(column_of(pattern) + because,
           "leak: is LeakSanitizer's and takes no reason; put it into a # line");
    if (const std::size_t next = find_next(pattern); next != pattern.size())
      fail(column_of(pattern) + next, "leak: is LeakSanitizer's and cannot be joined to others");
    return {Subject::leak, glob_of_leak(pattern)};
  }

  // Where in `text` "and SUBJECT:" begins another condition: names may have "and" in them.
  std::size_t find_next(std::string_view text) const {
    for (std::size_t at = find_word(text, kAnd); at != std::string_view::npos;
         at = find_word(text, kAnd, at + 1)) {
      const std::string_view rest = trimmed(text.substr(at + kAnd.size()));
      if (rest.empty()) fail(end_of(text), "there is no condition after \"and\"");
      if (!leading_word(rest).empty()) return at;
      const std::string_view word = rest.substr(0, rest.find_first_of(kBlank));
      if (subject_called(word))
        fail(column_of(rest) + word.size(), "the : after \"" + std::string(word) + "\" is missing");
    }
    return text.size();
  }

  void read_conditions(std::string_view text, SuppressionRule& rule) const {
    for (;;) {
      const std::size_t end = find_next(text);
      rule.conditions.push_back(read_condition(trimmed(text.substr(0, end))));
      if (end == text.size()) return;
      text.remove_prefix(end + kAnd.size());
    }
  }

  Condition read_condition(std::string_view text) const {
    const std::size_t colon = text.find(':');
    const auto subject =
        colon == std::string_view::npos ? std::nullopt : subject_called(text.substr(0, colon));
    if (!subject) fail(column_of(text), "a rule begins with type:, member:, function:, file:, id: or leak:");
    if (*subject == Subject::leak)
      fail(column_of(text), "leak: is LeakSanitizer's and cannot be joined to others");
    const std::string_view pattern = trimmed(text.substr(colon + 1));
    if (pattern.empty()) fail(end_of(text), "the pattern is missing");
    if (*subject == Subject::id && !is_finding_id(pattern))
      fail(column_of(pattern), "an id is eight digits of 0-9 and a-f");
    return {*subject, *subject == Subject::member ? without_indexes(pattern) : std::string(pattern)};
  }

  std::string_view line_;
  std::string where_;
};

}  // namespace

void Suppressions::read(const std::filesystem::path& path) {
  read_text(read_text_file(path, "a suppression file"), path.string());
}

void Suppressions::read_text(std::string_view text, const std::string& name) {
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    const std::string_view body = trimmed(line);
    if (body.empty() || body.front() == '#') return;
    rules_.push_back(RuleReader(line, name + ":" + std::to_string(number)).read());
  });
}

std::string suppression_line(std::string_view id, std::string_view reason) {
  if (!is_finding_id(id)) throw Error("an id is eight digits of 0-9 and a-f, as reports show it");
  const std::string_view why = trimmed(reason);
  if (why.empty())
    throw Error("say why with --why REASON: it is kept in the file, and shown in every report");
  const bool one_line = std::none_of(
      why.begin(), why.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (!one_line) throw Error("the reason must be one line, without control characters");
  return "id:" + std::string(id) + " because " + std::string(why) + "\n";
}

}  // namespace gordian
