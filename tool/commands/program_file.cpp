// program_file.cpp - see program_file.h.
#include "commands/program_file.h"

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "commands/parser.h"
#include "program/elf/allocators.h"
#include "program/elf/executable.h"
#include "program/elf/machine.h"

namespace gordian {
namespace {

enum class Found { no, directory, not_executable, yes };

Found look_at(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return Found::no;
  if (S_ISDIR(info.st_mode)) return Found::directory;
  return S_ISREG(info.st_mode) && ::access(path.c_str(), X_OK) == 0 ? Found::yes : Found::not_executable;
}

ProgramFile verdict_on(const std::string& path) {
  switch (look_at(path)) {
    case Found::yes:
      return {path, 0, ""};
    case Found::no:
      return {"", kNotFound, path + ": there is no such file"};
    case Found::directory:
      return {"", kNotExecutable, path + " is a directory, not a program"};
    case Found::not_executable:
      break;
  }
  return {"", kNotExecutable, path + " is not executable for you; see its permissions (chmod +x)"};
}

// AddressSanitizer tells of every block. As a library it must come before all others, and ends the program
// where one is preloaded; as a part of the program (clang's way) it comes first.
std::string why_sanitizer_hides_blocks(const std::string& path, const Executable& program,
                                       const Sanitizer& sanitizer) {
  if (!sanitizer.tells_of_blocks) {
    return path + " was built with " + sanitizer.name +
           ", which does not tell gordian of every block; build it once without";
  }
  if (!needs_library_of(program, sanitizer)) return "";
  return path + " was built with " + sanitizer.name +
         ", a library that must be loaded before gordian's; link gordian's into the program, or build it "
         "once without";
}

// The loader ignores LD_PRELOAD in a program with more rights than its user.
std::string why_too_privileged(const std::string& path) {
  struct stat info {};
  const bool bits = ::stat(path.c_str(), &info) == 0 && (info.st_mode & (S_ISUID | S_ISGID)) != 0;
  const bool capabilities = ::getxattr(path.c_str(), "security.capability", nullptr, 0) > 0;
  if (!bits && !capabilities) return "";
  return path + (bits ? " is set-user-ID or set-group-ID" : " has file capabilities") +
         ", so the loader keeps gordian out of it; run a plain copy";
}

}  // namespace

ProgramFile find_program(const std::string& name, const std::string& search_path) {
  if (name.find('/') != std::string::npos) return verdict_on(name);
  ProgramFile best = {"", kNotFound, name + ": not found in PATH; name a program here as ./" + name};
  if (name.empty()) best.why = "PROGRAM is empty; see gordian run --help";
  for (std::size_t at = 0; !name.empty() && at <= search_path.size();) {
    const std::size_t end = std::min(search_path.find(':', at), search_path.size());
    const std::string directory = search_path.substr(at, end - at);
    at = end + 1;
    ProgramFile here = verdict_on(directory.empty() ? name : directory + "/" + name);
    if (!here.path.empty()) return here;
    if (here.status == kNotExecutable && best.status == kNotFound) best = here;  // a later one may be better
  }
  return best;
}

std::string why_not_watched(const std::string& path) {
  const Executable program = read_executable(path);
  if (program.kind == Executable::Kind::foreign) {
    return path + " is not for " + std::string(own_machine().name) +
           ", the machine that this gordian works on; build it for that, or use the gordian of its machine";
  }
  if (program.kind != Executable::Kind::ours) {
    return path +
           " is neither a whole ELF program nor a script with a #! line; if it is a shell script, run: " +
           "gordian run -- /bin/sh " + shell_words({path});
  }
  if (std::string why = why_too_privileged(path); !why.empty()) return why;
  if (program.loader.empty()) {
    return path + " is linked statically, and nothing can be loaded into it; link it without -static";
  }
  if (std::filesystem::path(program.loader).filename() !=
      std::filesystem::path(own_machine().loader).filename()) {
    return path + " runs on another C library (its loader is " + program.loader +
           "), and gordian needs glibc; build it for glibc";
  }
  if (const Sanitizer* sanitizer = sanitizer_of(program)) {
    return why_sanitizer_hides_blocks(path, program, *sanitizer);
  }
  if (program.exported.count("malloc") != 0) {
    return path +
           " defines malloc itself, which would hide every block from gordian; build it once with libc's";
  }
  if (const std::string* function = call_beside_malloc(program)) {
    return path + " calls its allocator by " + *function +
           "(), past malloc(), and gordian would not see the block; build it once without";
  }
  return "";
}

std::vector<std::string> as_interpreter_call(const std::string& path,
                                             const std::vector<std::string>& command) {
  const Executable script = read_executable(path);
  if (script.kind != Executable::Kind::script || script.interpreter_line.empty()) return {};
  std::vector<std::string> words = script.interpreter_line;
  // env would only start another program, and out of gordian's sight: its interpreter is what it names.
  if (std::filesystem::path(words[0]).filename() == "env" && words.size() == 2) {
    std::string named = words[1];
    if (named.rfind("-S", 0) == 0) named.erase(0, 2);
    words = split_words(named);
  }
  words.push_back(path);
  words.insert(words.end(), command.begin() + 1, command.end());
  return words;
}

std::string why_script_not_watched(const std::string& path, const std::vector<std::string>& command,
                                   const std::vector<std::string>& options) {
  const auto call = as_interpreter_call(path, command);
  if (call.empty()) return "";
  std::vector<std::string> words = {"gordian", "run"};
  words.insert(words.end(), options.begin(), options.end());
  words.emplace_back("--");
  words.insert(words.end(), call.begin(), call.end());
  const bool follows = std::any_of(options.begin(), options.end(), [](const std::string& option) {
    return option.rfind("--follow", 0) == 0;
  });
  return path + " is a script; run its interpreter: " + shell_words(words) +
         (follows ? "" : " (with --follow in front of -- to check the programs that it starts)");
}

std::string shell_words(const std::vector<std::string>& words) {
  constexpr const char* kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
  std::string line;
  for (const auto& word : words) {
    if (!line.empty()) line += ' ';
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

}  // namespace gordian
