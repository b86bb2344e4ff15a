// program_file.h - the program that `gordian run` is to start: where it is, and whether gordian can watch it.
//
// Every reason against it is one sentence: what, and what to do.
#pragma once

#include <string>
#include <vector>

namespace gordian {

inline constexpr int kNotExecutable = 126;  // as shells say it
inline constexpr int kNotFound = 127;

struct ProgramFile {
  std::string path;  // "" when there is none
  int status = 0;    // kNotFound or kNotExecutable
  std::string why;   // there is none
};

// As execvp(3): a name without '/' is looked for in `search_path`, that of the environment.
ProgramFile find_program(const std::string& name, const std::string& search_path);

// Why the runtime would not get into the program, or would see nothing there; "" when it will.
// Knows nothing of scripts. Throws Error when the file cannot be read.
std::string why_not_watched(const std::string& path);

// The words that run the script `command` (its path first, then its arguments) as the kernel
// would: interpreter first. Empty when it is no script.
std::vector<std::string> as_interpreter_call(const std::string& path,
                                             const std::vector<std::string>& command);

// Why the script `path`, called by the words `command`, is not watched, and how its interpreter would be,
// with the same `options` of `gordian run`; "" when it is no script.
std::string why_script_not_watched(const std::string& path, const std::vector<std::string>& command,
                                   const std::vector<std::string>& options);

// For a shell to read: quoted where that is needed.
std::string shell_words(const std::vector<std::string>& words);

}  // namespace gordian
