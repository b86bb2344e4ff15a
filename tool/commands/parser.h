// parser.h - how a command declares the words it takes.
//
// CLI11 reads them. It stays behind this file: its header takes longer to compile than any command does.
// Targets must live until the words were parsed; what they hold before is the default.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace gordian {

struct UserFiles;

// Says why a value is none, or "".
using WhyNot = std::function<std::string(const std::string& value)>;

// Of a file's name.
inline std::string why_no_name(const std::string& value) {
  return value.empty() ? "name a file" : "";
}

class Parser {
 public:
  // An option as it was declared.
  class Declared {
   public:
    explicit Declared(CLI::Option& option) : option_(&option) {}
    // After parsing: whether the command line had it.
    bool given() const;

   private:
    CLI::Option* option_;
  };

  // Adds to `app`, which must outlive this.
  explicit Parser(CLI::App& app) : app_(app) {}

  // Words that are no options, by their place. None is required: that would hide which option is misspelt.
  void word(const std::string& name, std::string& target, const std::string& help);
  void words(const std::string& name, std::vector<std::string>& targets, const std::string& help);

  // An option with a value, which `--help` calls `placeholder`, with the default where `target` holds one.
  // `names`: "--text", or "-o,--json".
  Declared value(const std::string& names, std::string& target, const std::string& placeholder,
                 const std::string& help, const WhyNot& why_not = {});
  Declared choice(const std::string& names, std::string& target, const std::vector<std::string>& choices,
                  const std::string& help);
  Declared number(const std::string& names, int& target, int low, int high, const std::string& help);
  // A file to read: an empty name is refused.
  Declared input(const std::string& names, std::string& target, const std::string& help);
  // --families and --suppressions, of commands that judge the snapshots among their files.
  void files_for_snapshots(UserFiles& files);

  Declared flag(const std::string& names, bool& target, const std::string& help);
  // A flag that also takes 0, 1, true or false, with a --no- of its own.
  Declared switch_of(const std::string& name, bool& target, const std::string& help);
  // An option that stands alone for `alone`, or has a value: --follow or --follow=GLOB.
  Declared optional_value(const std::string& name, std::string& target, const std::string& placeholder,
                          const std::string& alone, const std::string& help);

  // Parsing ends at the first word that is no option's, PROGRAM: what comes from there on is another
  // program's.
  void ends_at_program();
  // After parsing: PROGRAM and its arguments.
  std::vector<std::string> program() const;

  // What `--help` ends with.
  void footer(const std::string& text);

 private:
  CLI::App& app_;
};

// The words of a line, split as a shell splits them, quotes taken off.
std::vector<std::string> split_words(const std::string& line);

}  // namespace gordian
