// run_options.h - the options of the runtime (runtime/options.inc) as options of `gordian run`.
//
// `error_exitcode=7` is --error-exitcode 7, `abort=1` is --abort, and so on, from the one table.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace gordian {

class Parser;

class RunOptions {
 public:
  // Declares the options, whose values are checked as they are parsed. This object must live until then.
  explicit RunOptions(Parser& parser);
  ~RunOptions();
  RunOptions(const RunOptions&) = delete;
  RunOptions& operator=(const RunOptions&) = delete;

  // What was given, as the runtime reads it: key=value:key=value. Paths are made absolute,
  // as seen from here. Throws Error for a path that cannot be told to the runtime, and, when
  // `several_processes` will write reports, for one that is the same for all of them.
  std::string for_runtime(bool several_processes) const;

  // What was given, as words of a command line.
  std::vector<std::string> words() const;

 private:
  struct Given;
  std::vector<std::unique_ptr<Given>> options_;  // each stays where the parser writes to
};

}  // namespace gordian
