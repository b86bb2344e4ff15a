// parser.cpp - see parser.h.
#include "commands/parser.h"

#include <CLI/CLI.hpp>

#include "commands/user_files.h"

namespace gordian {
namespace {

// CLI11 knows nothing of PROGRAM, at which it stops.
class UsageWithProgram : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App*, std::string name) const override {
    return "\nUsage: " + name + " [OPTIONS] [--] PROGRAM [ARGS]\n\n";
  }
};

CLI::Option& with_default(CLI::Option* option, const std::string& standard) {
  if (!standard.empty()) option->default_str(standard);
  return *option;
}

}  // namespace

bool Parser::Declared::given() const {
  return option_->count() != 0;
}

void Parser::word(const std::string& name, std::string& target, const std::string& help) {
  app_.add_option(name, target, help)->type_name("");
}

void Parser::words(const std::string& name, std::vector<std::string>& targets, const std::string& help) {
  app_.add_option(name, targets, help)->type_name("");
}

Parser::Declared Parser::value(const std::string& names, std::string& target, const std::string& placeholder,
                               const std::string& help, const WhyNot& why_not) {
  CLI::Option& option = with_default(app_.add_option(names, target, help), target);
  option.type_name(placeholder);
  if (why_not) option.check(why_not);
  return Declared(option);
}

Parser::Declared Parser::choice(const std::string& names, std::string& target,
                                const std::vector<std::string>& choices, const std::string& help) {
  CLI::Option& option = with_default(app_.add_option(names, target, help), target);
  option.type_name("WHAT")->check(CLI::IsMember(choices));
  return Declared(option);
}

Parser::Declared Parser::number(const std::string& names, int& target, int low, int high,
                                const std::string& help) {
  CLI::Option& option = with_default(app_.add_option(names, target, help), std::to_string(target));
  option.type_name("N")->check(CLI::Range(low, high));
  return Declared(option);
}

Parser::Declared Parser::input(const std::string& names, std::string& target, const std::string& help) {
  return value(names, target, "PATH", help, why_no_name);
}

void Parser::files_for_snapshots(UserFiles& files) {
  input("--families", files.families,
        "for snapshots: a file that describes smart pointers of the program's own");
  input("--suppressions", files.suppressions, "for snapshots: a file of findings that are accepted");
}

Parser::Declared Parser::flag(const std::string& names, bool& target, const std::string& help) {
  return Declared(*app_.add_flag(names, target, help));
}

Parser::Declared Parser::switch_of(const std::string& name, bool& target, const std::string& help) {
  // The word alone, without a value, is "true" by the time that it is checked.
  const auto why_not = [](const std::string& text) {
    for (const char* word : {"0", "1", "true", "false"}) {
      if (text == word) return std::string();
    }
    return "'" + text + "' is neither 0 nor 1";
  };
  return Declared(*app_.add_flag("--" + name + ",!--no-" + name, target, help)->check(why_not));
}

Parser::Declared Parser::optional_value(const std::string& name, std::string& target,
                                        const std::string& placeholder, const std::string& alone,
                                        const std::string& help) {
  // CLI11 shows no type of a flag, but keeps it.
  return Declared(*app_.add_flag(name + "{" + alone + "}", target, help)->type_name(placeholder));
}

void Parser::ends_at_program() {
  app_.prefix_command();
  app_.formatter(std::make_shared<UsageWithProgram>());
}

std::vector<std::string> Parser::program() const {
  return app_.remaining();
}

void Parser::footer(const std::string& text) {
  app_.footer(text);
}

std::vector<std::string> split_words(const std::string& line) {
  return CLI::detail::split_up(line);
}

}  // namespace gordian
