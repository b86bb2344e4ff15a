// made_up_modules.h - facts of modules as examine() gives them of real ones.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "doctor/diagnose.h"
#include "doctor/examine.h"

namespace gordian::test {

// A build of tests/unit/program's fixture; "" where its compiler is not there.
inline std::string fixture(const std::string& build) {
  const std::string path = std::string(FIXTURE_FOLDER) + "/libzoo-" + build + ".so";
  std::error_code error;
  return std::filesystem::exists(path, error) ? path : "";
}

// Of C++, with all that can be wished for.
inline ModuleFacts healthy_program() {
  ModuleFacts module;
  module.name = module.path = "./program";
  module.file.kind = Executable::Kind::ours;
  module.file.loader = "/lib/ld.so";
  module.file.needed = {"libstdc++.so.6", "libc.so.6"};
  module.file.unwind_tables = true;
  module.debug.level = DebugFacts::Level::full;
  module.debug.units = {"a.cpp", "b.cpp"};
  module.debug.pointers = {"std::shared_ptr"};
  module.symbols.whole = true;
  module.symbols.files = {"a.cpp", "b.cpp"};
  module.symbols.virtual_tables = 3;
  module.symbols.functions = 100;
  return module;
}

inline ModuleFacts library(const std::string& name) {
  ModuleFacts module;
  module.name = name;
  module.path = "/usr/lib/" + name;
  module.needed_by = "./program";
  module.file.kind = Executable::Kind::ours;
  module.file.soname = name;
  module.file.unwind_tables = true;
  module.runtime_library = true;
  module.of_system = true;
  return module;
}

inline ModuleFacts libc() {
  ModuleFacts module = library("libc.so.6");
  module.file.exported = {"malloc", "free"};
  return module;
}

inline ModuleFacts libstdcxx() {
  ModuleFacts module = library("libstdc++.so.6");
  module.file.exported = {"_Znwm", "_ZdlPv"};
  return module;
}

inline ModuleFacts runtime() {
  ModuleFacts module = library("libgordian.so.0");
  module.file.exported = {"malloc", "free", "_Znwm", "_ZdlPv"};
  return module;
}

// A library of the user's own.
inline ModuleFacts own_library(const std::string& name) {
  ModuleFacts module = healthy_program();
  module.name = name;
  module.path = "/home/user/" + name;
  module.needed_by = "./program";
  module.file.loader.clear();
  module.file.soname = name;
  return module;
}

// Not linked with the runtime.
inline std::vector<ModuleFacts> plain_process() {
  return {healthy_program(), libstdcxx(), libc()};
}

// Linked, and all files compiled with the shim.
inline std::vector<ModuleFacts> linked_process() {
  std::vector<ModuleFacts> modules = {healthy_program(), runtime(), libstdcxx(), libc()};
  modules.front().file.imported.insert("gordian_shim_started");
  modules.front().debug.with_shim = {"a.cpp", "b.cpp"};
  return modules;
}

// All that was said.
inline std::string words_of(const Diagnosis& diagnosis) {
  std::string words;
  for (const auto& [label, answer] : diagnosis.summary) words += label + ": " + answer + "\n";
  for (const auto& limit : diagnosis.limits) words += limit.what + ". to do: " + limit.remedy + "\n";
  for (const auto& note : diagnosis.notes) words += "note: " + note + "\n";
  return words;
}

}  // namespace gordian::test
