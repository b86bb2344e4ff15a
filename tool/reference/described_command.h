// described_command.h - what the command line takes, as plain data: manual pages, docs/options.md and
// completions are made of it.
//
// All of it is read from the very declarations that parse the command line, so none of these can name an
// option that is not there, or miss one.
#pragma once

#include <string>
#include <vector>

namespace gordian {

struct DescribedOption {
  enum class Value { none, optional, file, choice, other };

  std::vector<std::string> names;    // "-o", "--json"; of a switch "--abort", "--no-abort"
  Value value = Value::none;         // what follows it
  std::string placeholder;           // "PATH"; "" without a value
  std::vector<std::string> choices;  // of a choice
  std::string standard;              // the default; "" where there is none
  std::string help;
};

// A word that is known by its place.
struct DescribedWord {
  std::string name;
  bool several = false;
  bool file = false;
  std::string help;
};

struct DescribedCommand {
  std::string name;  // "report"; "" of gordian itself
  std::string summary;
  std::vector<DescribedOption> options;
  std::vector<DescribedWord> words;
  bool takes_program = false;  // PROGRAM and its arguments end the line
  std::string notes;           // what --help ends with, but for the exit status
  std::string exit_status;
};

// gordian itself, then its commands in the order of --help. Throws Error where one does not say its exit
// status.
std::vector<DescribedCommand> described_commands();

}  // namespace gordian
