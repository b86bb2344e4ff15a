// command.h - a subcommand as the command line sees it.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace gordian {

struct Command {
  const char* name;
  const char* summary;  // a line in `gordian --help`
  // Adds the command's options to `app`. What it returns runs after they were parsed,
  // and gives the exit status.
  std::function<int()> (*declare)(CLI::App& app);
};

}  // namespace gordian
