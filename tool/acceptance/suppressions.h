// suppressions.h - rules that say which findings are accepted, and why.
//
//   # A rule is one line.
//   type:Session because it lives as long as the process, see GORD-12
//   member:Parser::scope and file:*/vendor/* because upstream has a fix (its issue 41)
//   id:3f9a2c71 because the next release drops this class
//   leak:libfoo.so
//
// A pattern is a glob (glob.h) for the whole of a name:
//   type      of an object in the cycle, or of the orphan: Session, std::vector<*>
//   member    through which a reference of the cycle goes: Parser::scope; or its whole path: Parser::scopes[]
//   function  in the allocation stack of such an object: make_graph(int), or make_graph without parameters
//   file      likewise, a source file as the report's frames have it: */vendor/*
//   id        the finding's; no glob
// All conditions that `and` joins must hold, each for some object or reference. `leak:` is LeakSanitizer's: a
// part of the name of a function, source file or module in such a stack, with its own * ^ $, and without a
// reason.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gordian {

enum class Subject { type, member, function, file, id, leak };

struct Condition {
  Subject subject;
  std::string pattern;  // a glob, also of a leak: rule
};

struct SuppressionRule {
  std::string where;  // "gordian.suppressions:3"
  std::string text;   // as it was written, without the reason: "type:Session"
  std::vector<Condition> conditions;
  std::string reason;  // "" for a leak: rule only
};

class Suppressions {
 public:
  // Adds the rules of a file. Throws Error that names file, line and column of what is wrong.
  void read(const std::filesystem::path& path);
  // Likewise of a text; `name` is what errors call it.
  void read_text(std::string_view text, const std::string& name);

  const std::vector<SuppressionRule>& rules() const { return rules_; }

 private:
  std::vector<SuppressionRule> rules_;
};

// A line for a suppression file that accepts one finding. Throws Error where such a line could not be read
// back.
std::string suppression_line(std::string_view id, std::string_view reason);

}  // namespace gordian
