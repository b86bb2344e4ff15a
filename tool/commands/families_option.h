// families_option.h - --families, of every command that judges snapshots.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace gordian {

// `help` says what the file is for. An empty PATH is refused.
inline void add_families_option(CLI::App& app, std::string& path, const std::string& help) {
  app.add_option("--families", path, help)->type_name("PATH")->check([](const std::string& given) {
    return given.empty() ? "name a file" : "";
  });
}

}  // namespace gordian
