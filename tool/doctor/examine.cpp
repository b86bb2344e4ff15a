// examine.cpp - see examine.h.
#include "doctor/examine.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "doctor/debug_survey.h"
#include "doctor/symbol_survey.h"
#include "program/elf/module_file.h"
#include "program/elf/system_library.h"
#include "snapshot/snapshot.h"

namespace gordian {
namespace {

// Where packages of the distribution put files, and where nobody else does.
bool is_of_system(const std::string& path) {
  std::error_code error;
  const std::string whole = std::filesystem::weakly_canonical(path, error).string();
  constexpr std::array<std::string_view, 7> kPlaces = {"/lib/",     "/lib64/",     "/bin/",    "/sbin/",
                                                       "/usr/lib/", "/usr/lib64/", "/usr/bin/"};
  return std::any_of(kPlaces.begin(), kPlaces.end(),
                     [&](std::string_view place) { return whole.starts_with(place); });
}

void look_inside(ModuleFacts& facts, const Families& families) {
  Module module;
  module.path = facts.path;
  Notes notes;
  ModuleFile file(module, notes);
  Dwfl_Module* const opened = file.open();
  if (opened == nullptr) {
    file.note_missing_debug_info();
    facts.unreadable = notes.sentences().empty() ? "it could not be read" : notes.sentences().front();
    return;
  }
  GElf_Addr bias = 0;
  Elf* const elf = dwfl_module_getelf(opened, &bias);
  const bool compressed = is_debug_info_compressed(elf);  // libdw unpacks it in place
  if (const auto debug = file.debug()) {
    facts.debug.separate_file = file.separate_debug_file();
    facts.debug.compressed = compressed;
    survey_debug_info(debug->dwarf, families, facts.debug);
  } else {
    facts.debug.missing_file = named_debug_file(elf);
  }
  facts.symbols = survey_symbols(opened);
  // A sanitizer defines some functions of the C++ library as well.
  const auto& needed = facts.file.needed;
  if (std::any_of(needed.begin(), needed.end(), is_cxx_library)) facts.symbols.cxx_runtime_inside = false;
}

}  // namespace

std::vector<ModuleFacts> examine(const std::string& program, const LoaderPlaces& places,
                                 const Families& families) {
  std::vector<LoadedModule> loaded = modules_of(program, places);
  std::vector<ModuleFacts> modules;
  for (LoadedModule& module : loaded) {
    ModuleFacts facts;
    facts.name = module.name;
    facts.path = module.path;
    facts.needed_by = loaded[module.needed_by].name;
    facts.file = std::move(module.file);
    const bool is_program = modules.empty();
    facts.runtime_library = !is_program && is_system_library(module.name);
    facts.of_system = is_of_system(module.path);
    if (!module.path.empty() && !facts.runtime_library) look_inside(facts, families);
    modules.push_back(std::move(facts));
  }
  return modules;
}

bool is_libcxx(const std::string& name) {
  return name.starts_with("libc++.so");
}

bool is_cxx_library(const std::string& name) {
  return is_libcxx(name) || name.starts_with("libstdc++.so");
}

const ModuleFacts* provider_of(const std::vector<ModuleFacts>& modules, const std::string& symbol) {
  const auto found = std::find_if(modules.begin(), modules.end(), [&](const ModuleFacts& module) {
    return module.file.exported.count(symbol) != 0;
  });
  return found != modules.end() ? &*found : nullptr;
}

const ModuleFacts* linked_runtime(const std::vector<ModuleFacts>& modules) {
  const auto found = std::find_if(modules.begin() + (modules.empty() ? 0 : 1), modules.end(),
                                  [](const ModuleFacts& module) { return is_gordian_library(module.name); });
  return found != modules.end() ? &*found : nullptr;
}

}  // namespace gordian
