// input_option.h - options that name a file to read.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace gordian {

// `help` says what the file is for. An empty PATH is refused.
inline void add_input_option(CLI::App& app, const char* name, std::string& path, const std::string& help) {
  app.add_option(name, path, help)->type_name("PATH")->check([](const std::string& given) {
    return given.empty() ? "name a file" : "";
  });
}

// Of every command that judges snapshots.
inline void add_families_option(CLI::App& app, std::string& path, const std::string& help) {
  add_input_option(app, "--families", path, help);
}

}  // namespace gordian
