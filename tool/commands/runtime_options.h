// runtime_options.h - the options of the runtime, as runtime/options.inc has them.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace gordian {

struct RuntimeOption {
  enum class Kind { number, flag, choice, path, input };

  const char* name;
  Kind kind;
  const char* standard;  // "" where there is none
  int low;               // of a number, as `high`
  int high;
  const char* choices;  // of a choice: "a|b|c"
  const char* help;

  std::vector<std::string> all_choices() const;
  // What `gordian run` calls it, without --.
  std::string flag() const;
};

// In the order of the table.
std::span<const RuntimeOption> runtime_options();

}  // namespace gordian
