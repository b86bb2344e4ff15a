// diagnose.cpp - see diagnose.h. The whole process is judged here, one module in module_limits.cpp.
#include "doctor/diagnose.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "doctor/examine.h"
#include "doctor/module_limits.h"
#include "program/elf/allocators.h"
#include "report/wording.h"

namespace gordian {
namespace {

using Modules = std::vector<ModuleFacts>;

const ModuleFacts* missing_library(const Modules& modules) {
  const auto found =
      std::find_if(modules.begin(), modules.end(), [](const auto& module) { return module.path.empty(); });
  return found != modules.end() ? &*found : nullptr;
}

// The modules for which `is` holds, by name.
template <class Is>
std::vector<std::string> names_of(const Modules& modules, Is is) {
  std::vector<std::string> names;
  for (const auto& module : modules) {
    if (is(module)) names.push_back(shown_name(module));
  }
  return names;
}

// Something that says its libraries or its name and no loader is a library. A static program says nothing.
bool is_program(const Executable& file) {
  return !file.loader.empty() || (file.needed.empty() && file.soname.empty());
}

ProcessFacts process_of(const Modules& modules) {
  ProcessFacts process;
  for (const auto& module : modules) {
    process.shim = process.shim || (!module.runtime_library && module.has_shim());
    process.libcxx = process.libcxx || is_libcxx(module.name);
  }
  process.dynamic = !modules.front().file.loader.empty() || !is_program(modules.front().file);
  // Who compiles a library with the shim links its programs with the runtime.
  const bool in_linked_program = !is_program(modules.front().file) && process.shim;
  process.linked = linked_runtime(modules) != nullptr || in_linked_program;
  return process;
}

// Why a program that is linked with the runtime is not checked; "" when it is.
Limit why_linked_is_not_checked(const Modules& modules, const ModuleFacts& runtime,
                                const Circumstances& circumstances) {
  const Sanitizer* const sanitizer = sanitizer_of(modules.front().file);
  if (sanitizer != nullptr && sanitizer->tells_of_blocks) return {};  // whose malloc comes first
  if (!circumstances.why_not_run.empty()) return {circumstances.why_not_run, ""};
  const ModuleFacts* const provider = provider_of(modules, "malloc");
  if (provider == &runtime || provider == nullptr) return {};
  return {
      shown_name(*provider) + " comes before " + shown_name(runtime) +
          ", so its malloc is the one that is called: gordian sees no blocks, and the program ends with 24",
      "put -Wl,--no-as-needed -lgordian in front of other libraries when the program itself is linked"};
}

void judge_linked(const Modules& modules, const ProcessFacts& process, const Circumstances& circumstances,
                  Diagnosis& diagnosis) {
  const ModuleFacts* const runtime = linked_runtime(modules);
  if (runtime == nullptr) {
    diagnosis.summary.emplace_back("linked",
                                   circumstances.why_not_run.empty() ? "no: gordian run checks it" : "no");
    if (process.shim && circumstances.why_not_run.empty()) {
      diagnosis.limits.push_back(
          {"it was compiled with the shim and is not linked with gordian's runtime: it is not "
           "checked when it is run as it is",
           "link it with -Wl,--no-as-needed -lgordian (CMake: link gordian::runtime)"});
    }
    return;
  }
  Limit why = why_linked_is_not_checked(modules, *runtime, circumstances);
  if (!why.what.empty()) {
    diagnosis.summary.emplace_back("linked", "with " + shown_name(*runtime) + ", and not checked");
    if (!why.remedy.empty()) diagnosis.limits.push_back(std::move(why));
    return;
  }
  diagnosis.checked = true;
  diagnosis.summary.emplace_back("linked", "with " + printable(runtime->path) + ": checked whenever it ends");
  if (!process.shim && !process.libcxx && is_cxx(modules.front())) {
    diagnosis.notes.push_back(
        "Nothing was compiled with the shim (-include gordian/shim.hpp), which alone tells which object was "
        "made "
        "first: cuts that differ in nothing else are called just as good.");
  }
  std::error_code error;
  if (!circumstances.own_runtime.empty() &&
      !std::filesystem::equivalent(runtime->path, circumstances.own_runtime, error)) {
    diagnosis.notes.push_back("It is linked with another gordian than this one, whose library is " +
                              printable(circumstances.own_runtime) + ".");
  }
}

void judge_run(const Modules& modules, const Circumstances& circumstances, Diagnosis& diagnosis) {
  if (circumstances.why_not_run.empty()) {
    diagnosis.run_only = linked_runtime(modules) != nullptr && !diagnosis.checked;
    diagnosis.checked = true;
    diagnosis.summary.emplace_back("gordian run", "works");
  } else {
    diagnosis.summary.emplace_back("gordian run",
                                   "refuses it: " + printable(circumstances.why_not_run, 1000));
  }
}

void judge_cxx_library(const Modules& modules, const ProcessFacts& process, Diagnosis& diagnosis) {
  std::vector<std::string> names =
      names_of(modules, [](const auto& module) { return is_cxx_library(module.name); });
  for (const auto& module : modules) {
    if (module.symbols.cxx_runtime_inside && !module.runtime_library) {
      names.push_back("one linked into " + shown_name(module));
    }
  }
  std::string words = names.empty() ? "none" : some_of(names);
  if (process.libcxx) words += " (which the shim does not know)";
  diagnosis.summary.emplace_back("C++ library", words);
}

void judge_allocator(const Modules& modules, Diagnosis& diagnosis) {
  const ModuleFacts* const own_new = provider_of(modules, "_Znwm");
  if (own_new == nullptr || own_new->runtime_library || own_new->symbols.cxx_runtime_inside) return;
  if (own_new->file.exported.count("malloc") != 0) return;  // an allocator: each of its forms is noted
  if (!diagnosis.is_program && own_new != &modules.front()) return;  // what comes before it is not known
  diagnosis.notes.push_back(shown_name(*own_new) +
                            " defines operator new itself. If it hands out pieces of larger blocks, "
                            "the objects in them are not told apart.");
}

// Which of the functions the module calls, as far as it calls them by symbol.
std::vector<std::string> called(const ModuleFacts& module, std::initializer_list<const char*> functions) {
  std::vector<std::string> names;
  for (const char* function : functions) {
    if (module.file.imported.count(function) != 0) names.emplace_back(function);
  }
  return names;
}

void note_callers(const Modules& modules, std::initializer_list<const char*> functions,
                  const std::string& verb, const std::string& what, Diagnosis& diagnosis) {
  std::set<std::string> used;
  std::vector<std::string> callers;
  for (const auto& module : modules) {
    if (module.runtime_library || (module.of_system && &module != &modules.front())) continue;
    const auto names = called(module, functions);
    used.insert(names.begin(), names.end());
    if (!names.empty()) callers.push_back(shown_name(module));
  }
  if (callers.empty()) return;
  diagnosis.notes.push_back(some_of(callers) + " may " + verb + " " + some_of({used.begin(), used.end()}) +
                            ": " + what);
}

void note_exits(const Modules& modules, Diagnosis& diagnosis) {
  note_callers(modules, {"_exit", "_Exit", "abort"}, "end by", "such a process is not checked.", diagnosis);
  note_callers(modules,
               {"execl", "execle", "execlp", "execv", "execve", "execvp", "execvpe", "fexecve", "popen",
                "posix_spawn", "posix_spawnp", "system"},
               "start programs by", "gordian run --follow checks those, too.", diagnosis);
  note_callers(modules, {"dlopen"}, "open libraries by",
               "they are not in the table. gordian doctor LIBRARY looks at one.", diagnosis);
}

void note_pointers(const Modules& modules, Diagnosis& diagnosis) {
  std::set<std::string> pointers;
  for (const auto& module : modules)
    pointers.insert(module.debug.pointers.begin(), module.debug.pointers.end());
  std::string words;
  for (const auto& name : pointers) words += (words.empty() ? "" : ", ") + printable(name);
  if (!pointers.empty()) {
    diagnosis.notes.push_back("Smart pointers that gordian knows, in the debug info: " + words + ".");
  } else if (modules.front().debug.level == DebugFacts::Level::full) {
    diagnosis.notes.push_back(
        "No smart pointer that gordian knows is in the debug info. Describe your own in a families file "
        "(families=PATH), and name it here by --families.");
  }
}

void note_system_libraries(const Modules& modules, Diagnosis& diagnosis) {
  const auto names = names_of(modules, [&](const auto& module) {
    return &module != &modules.front() && module.of_system && !module.runtime_library && is_cxx(module) &&
           module.unreadable.empty() && module.debug.level == DebugFacts::Level::none;
  });
  if (names.empty()) return;
  diagnosis.notes.push_back("Libraries of the system without debug info: " + some_of(names) +
                            ". A way through their classes is told by offsets. dpkg -S LIBRARY names the "
                            "package PKG of one, and PKG-dbgsym has its debug info; or set DEBUGINFOD_URLS.");
}

}  // namespace

std::string shown_name(const ModuleFacts& module) {
  return printable(module.name);
}

bool is_cxx(const ModuleFacts& module) {
  const auto mangled = [](const std::string& name) { return name.starts_with("_Z"); };
  const Executable& file = module.file;
  return module.symbols.cxx_runtime_inside ||
         std::any_of(file.needed.begin(), file.needed.end(), is_cxx_library) ||
         std::any_of(file.imported.begin(), file.imported.end(), mangled) ||
         std::any_of(file.exported.begin(), file.exported.end(), mangled);
}

Diagnosis diagnose(const Modules& modules, const Circumstances& circumstances) {
  Diagnosis diagnosis;
  const ModuleFacts& program = modules.front();
  const ProcessFacts process = process_of(modules);
  diagnosis.is_program = is_program(program.file);
  if (const ModuleFacts* const missing = missing_library(modules)) {
    diagnosis.summary.emplace_back("starts", "no: " + shown_name(*missing) + " is not found");
    diagnosis.limits.push_back({shown_name(*missing) + ", which " + printable(missing->needed_by) +
                                    " needs, is not found: the program does not start",
                                "install it, link with -Wl,-rpath,DIRECTORY or set LD_LIBRARY_PATH"});
  } else if (diagnosis.is_program) {
    judge_linked(modules, process, circumstances, diagnosis);
    judge_run(modules, circumstances, diagnosis);
  }
  judge_cxx_library(modules, process, diagnosis);
  for (const auto& module : modules) {
    const bool users = &module == &program || !module.of_system;
    if (users && !module.runtime_library && !module.path.empty()) {
      add_module_limits(module, process, diagnosis);
    }
  }
  if (diagnosis.checked || !diagnosis.is_program) judge_allocator(modules, diagnosis);
  note_exits(modules, diagnosis);
  note_pointers(modules, diagnosis);
  note_system_libraries(modules, diagnosis);
  return diagnosis;
}

}  // namespace gordian
