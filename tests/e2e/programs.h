// programs.h - runs the built test programs and the tool, for tests that vary the options.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "process.h"

namespace gordian::e2e {

// `program` is a binary's name, or that of a source, which stands for its g++ -O1 build.
inline std::string program_path(const std::string& program) {
  const std::string variant = program.find('.') == std::string::npos ? ".g++-O1" : "";
  return GORDIAN_E2E_BIN "/" + program + variant;
}

inline Outcome run_program(const std::string& program, const std::string& options) {
  Command command;
  command.arguments = {program_path(program)};
  command.environment = {{"GORDIAN_OPTIONS", options}};
  return run(command);
}

inline Outcome run_tool(const std::vector<std::string>& arguments) {
  Command command;
  command.arguments = {GORDIAN_TOOL};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  return run(command);
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A tool of the test's own: a script for the shell.
inline void write_tool(const std::filesystem::path& path, const std::string& body) {
  std::ofstream(path) << "#!/bin/sh\n" << body << "\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

// How often `part` is there, no two overlapping.
inline std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++times;
  return times;
}

// Whether a message of gordian's is all of `text`.
inline bool is_one_line(const std::string& text) {
  return text.rfind("gordian: ", 0) == 0 && count_of(text, "\n") == 1 && text.back() == '\n';
}

}  // namespace gordian::e2e
