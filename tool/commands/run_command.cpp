// run_command.cpp - `gordian run [options] -- PROGRAM [ARGS]`.
//
// This process becomes the program, with the runtime preloaded: no process stands between
// the program and its terminal, its parent's signals or its parent's wait(). All that is done
// here is to find out beforehand whether that can work, because once execve() is done
// nobody is left to say why there is no report.
#include "commands/run_command.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "commands/parser.h"
#include "commands/preload.h"
#include "commands/program_file.h"
#include "commands/run_options.h"

namespace gordian {
namespace {

constexpr const char* kRunFooter =
    "Everything from PROGRAM on belongs to the program; -- in front of it may be left out.\n"
    "PATH: %p in it becomes the pid of the checked program. An option given here wins over the\n"
    "same one in GORDIAN_OPTIONS. The program gets the environment it would have without gordian.\n"
    "\n"
    "Exit status: the program's own; if that is 0, --exitcode (23) when something that fails was\n"
    "found and --error-exitcode (24) when gordian could not tell. When the program was not\n"
    "started: 127 it was not found, 126 it cannot be executed, 2 gordian cannot check it.";

struct RunSettings {
  explicit RunSettings(Parser& parser)
      : options(parser),
        follows(parser.optional_value("--follow", follow, "GLOB", "*",
                                      "check the programs that PROGRAM starts, too: all of them, or with\n"
                                      "--follow=GLOB those whose file name it matches (with a / in GLOB:\n"
                                      "whose path)")) {}

  RunOptions options;
  std::string follow;
  Parser::Declared follows;

  std::optional<std::string> glob() const {
    return follows.given() ? std::optional<std::string>(follow) : std::nullopt;
  }
};

std::vector<std::string> own_environment() {
  std::vector<std::string> environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
    environment.emplace_back(*entry);
  return environment;
}

std::vector<char*> null_terminated(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (auto& text : strings) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Throws Error when gordian could not watch the program.
void require_watched(const std::string& path, const std::vector<std::string>& command,
                     const RunSettings& settings) {
  auto options = settings.options.words();
  if (settings.glob()) options.push_back("--follow=" + settings.follow);
  if (const std::string why = why_script_not_watched(path, command, options); !why.empty()) throw Error(why);
  if (const std::string why = why_not_watched(path); !why.empty()) throw Error(why);
}

[[noreturn]] void become(const std::string& path, std::vector<std::string> command,
                         std::vector<std::string> environment) {
  ::execve(path.c_str(), null_terminated(command).data(), null_terminated(environment).data());
  const int error = errno;
  spdlog::error("{} cannot be run: {}{}", path, std::strerror(error),
                error == ENOENT  ? " (that is its loader; is its C library installed?)"
                : error == E2BIG ? "; shorten its arguments or its environment"
                                 : "");
  std::exit(kNotExecutable);
}

int run_program(const Parser& parser, const RunSettings& settings) {
  const std::vector<std::string> command = parser.program();
  if (command.empty()) throw Error("PROGRAM is required; see gordian run --help");
  if (command.front().rfind('-', 0) == 0) {
    throw Error("unknown option " + command.front() + "; see gordian run --help");
  }
  const std::string options = settings.options.for_runtime(settings.glob().has_value());
  const char* const search_path = std::getenv("PATH");
  const ProgramFile program =
      find_program(command.front(), search_path != nullptr ? search_path : "/bin:/usr/bin");
  if (program.path.empty()) {
    spdlog::error("{}", program.why);
    return program.status;
  }
  require_watched(program.path, command, settings);
  const std::string runtime = find_runtime();
  if (const std::string sanitizer = preloaded_sanitizer(); !sanitizer.empty()) {
    throw Error(sanitizer + " is preloaded, and must be loaded before gordian's library; " +
                "take it out of LD_PRELOAD");
  }
  if (const std::string why = why_no_room(runtime, program.path); !why.empty()) throw Error(why);
  become(program.path, command,
         preloaded_environment(own_environment(), {runtime, options, settings.glob()}));
}

}  // namespace

std::function<int()> declare_run_command(Parser& parser) {
  const auto settings = std::make_shared<RunSettings>(parser);
  parser.ends_at_program();
  parser.footer(kRunFooter);
  return [parser, settings] { return run_program(parser, *settings); };
}

}  // namespace gordian
