// module_limits.cpp - see module_limits.h. A function for each question; each says nothing where all is well.
#include "doctor/module_limits.h"

#include <filesystem>
#include <set>

#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostListed = 4;
constexpr std::size_t kFewOfAll = 20;  // one in so many functions without an unwind table is rare

constexpr const char* kCost =
    "members are told by their offsets, and smart pointers other than shared_ptr are not known";

// "in ./tests, 1 of 3 source files that use shared_ptr was compiled ".
std::string some_compiled(const ModuleFacts& module, std::size_t number, std::size_t all,
                          const std::string& which = "") {
  return "in " + shown_name(module) + ", " + std::to_string(number) + " of " + counted(all, "source file") +
         which + (number == 1 ? " was" : " were") + " compiled ";
}

Limit no_debug_info(const ModuleFacts& module, const ProcessFacts& process) {
  const std::string name = shown_name(module);
  Limit limit{name + " has no debug info: there are no source lines, " + kCost,
              "compile and link it with -g, and do not strip it"};
  if (module.of_system) {
    limit.remedy = "install its debug symbols: dpkg -S " + name +
                   " names its package PKG, and PKG-dbgsym has them; or set DEBUGINFOD_URLS";
  } else if (!module.debug.missing_file.empty()) {
    limit.what = "the debug info of " + name + " is missing: there are no source lines, " + kCost;
    limit.remedy = "put its file " + printable(module.debug.missing_file) +
                   " beside it, into .debug there or below /usr/lib/debug";
  }
  if (!process.linked) {
    limit.what += "; a weak_ptr in a global may be taken for an owner, and what it leads to goes unreported";
  }
  return limit;
}

// Those whose object files are named by symbols, and by no unit.
std::vector<std::string> files_without_units(const ModuleFacts& module) {
  const auto base = [](const std::string& path) { return std::filesystem::path(path).filename().string(); };
  std::set<std::string> units;
  for (const auto& unit : module.debug.units) units.insert(base(unit));
  std::set<std::string> missing;
  for (const auto& file : module.symbols.files) {
    if (units.count(base(file)) == 0) missing.insert(file);
  }
  return {missing.begin(), missing.end()};
}

void judge_some_debug_info(const ModuleFacts& module, Diagnosis& diagnosis) {
  const DebugFacts& debug = module.debug;
  if (!debug.without_dwo.empty()) {
    diagnosis.limits.push_back(
        {"of " + shown_name(module) + ", " + counted(debug.without_dwo.size(), ".dwo file") +
             " cannot be read (missing, packed into a .dwp, or with type units): " +
             some_of(debug.without_dwo) + ". There, " + kCost,
         "keep them where the compiler puts them and compile without -fdebug-types-section, or "
         "without -gsplit-dwarf"});
    return;  // what their units are is not known
  }
  if (!debug.lines_only.empty()) {
    diagnosis.limits.push_back({some_compiled(module, debug.lines_only.size(), debug.units.size()) +
                                    "with lines only (-g1): " + some_of(debug.lines_only) + ". There, " +
                                    kCost,
                                "compile with -g in place of -g1 or -gline-tables-only"});
  }
  const auto missing = files_without_units(module);
  if (!missing.empty() && !module.symbols.cxx_runtime_inside) {
    diagnosis.limits.push_back({some_compiled(module, missing.size(), module.symbols.files.size()) +
                                    "without debug info: " + some_of(missing) + ". There, " + kCost,
                                "compile all of them with -g"});
  }
}

void judge_debug_info(const ModuleFacts& module, const ProcessFacts& process, Diagnosis& diagnosis) {
  if (module.debug.level != DebugFacts::Level::none) {
    judge_some_debug_info(module, diagnosis);
  } else if (is_cxx(module)) {
    diagnosis.limits.push_back(no_debug_info(module, process));
  }
}

void judge_shim(const ModuleFacts& module, const ProcessFacts& process, Diagnosis& diagnosis) {
  if (!process.linked || !process.shim || process.libcxx) return;
  const DebugFacts& debug = module.debug;
  const SymbolFacts& symbols = module.symbols;
  const std::size_t without = debug.shared_without_shim.size();
  if (without != 0) {
    diagnosis.limits.push_back(
        {some_compiled(module, without, without + debug.with_shim.size(), " that use shared_ptr") +
             "without the shim: " + some_of(debug.shared_without_shim) +
             ". Of objects made there, no allocation stack is recorded",
         "compile them with -include gordian/shim.hpp (CMake: link gordian::runtime to their target), or "
         "run with GORDIAN_OPTIONS=block_stacks=1"});
  } else if (debug.level != DebugFacts::Level::full &&
             symbols.files.size() > symbols.files_with_shim.size()) {
    diagnosis.notes.push_back(
        some_compiled(module, symbols.files_with_shim.size(), symbols.files.size()) +
        "with the shim. Which of the others use shared_ptr is not known without debug info.");
  }
}

void judge_rtti(const ModuleFacts& module, const ProcessFacts& process, Diagnosis& diagnosis) {
  if (module.symbols.controls_without_rtti == 0) return;
  const DebugFacts& debug = module.debug;
  const bool announced = process.linked && !debug.with_shim.empty() && debug.shared_without_shim.empty() &&
                         debug.lines_only.empty();
  if (announced) return;
  diagnosis.limits.push_back(
      {shown_name(module) +
           " was compiled without RTTI, by which gordian recognises what is behind a shared_ptr: objects are "
           "not seen unless a file with the shim makes them",
       "compile without -fno-rtti, or all of it with the shim, and link gordian's runtime"});
}

void judge_unwinding(const ModuleFacts& module, Diagnosis& diagnosis) {
  const auto& without = module.symbols.without_unwinding;
  constexpr const char* kRemedy =
      "compile with -fasynchronous-unwind-tables, and link without --no-eh-frame-hdr";
  if (!module.file.unwind_tables) {
    diagnosis.limits.push_back(
        {shown_name(module) + " has no unwind tables (.eh_frame_hdr): a stack ends there", kRemedy});
  } else if (without.size() * kFewOfAll > module.symbols.functions) {
    diagnosis.limits.push_back({"in " + shown_name(module) + ", " + std::to_string(without.size()) + " of " +
                                    counted(module.symbols.functions, "function") +
                                    " have no unwind table: " + some_of(without) + ". A stack ends there",
                                kRemedy});
  } else if (!without.empty()) {
    diagnosis.notes.push_back("A stack ends at " + counted(without.size(), "function") + " of " +
                              shown_name(module) + " without an unwind table: " + some_of(without) + ".");
  }
}

}  // namespace

std::string some_of(const std::vector<std::string>& names) {
  std::string words;
  for (std::size_t i = 0; i < names.size() && i < kMostListed; ++i) {
    words += (i == 0 ? "" : ", ") + printable(names[i]);
  }
  if (names.size() > kMostListed) words += " and " + std::to_string(names.size() - kMostListed) + " more";
  return words;
}

void add_module_limits(const ModuleFacts& module, const ProcessFacts& process, Diagnosis& diagnosis) {
  if (!module.unreadable.empty()) {
    diagnosis.limits.push_back({printable(module.unreadable), "build it again, if it is damaged"});
    return;
  }
  judge_debug_info(module, process, diagnosis);
  judge_shim(module, process, diagnosis);
  judge_rtti(module, process, diagnosis);
  if (process.dynamic) judge_unwinding(module, diagnosis);
}

}  // namespace gordian
