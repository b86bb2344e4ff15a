// command.h - a subcommand as the command line sees it.
#pragma once

#include <functional>

namespace gordian {

class Parser;

struct Command {
  const char* name;
  const char* summary;  // a line in `gordian --help`
  // Declares the command's words. What it returns runs after they were parsed,
  // and gives the exit status.
  std::function<int()> (*declare)(Parser& parser);
};

}  // namespace gordian
