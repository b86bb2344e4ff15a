// doctor_text.cpp - see doctor_text.h.
//
//   gordian: ./tests can be checked; 1 thing limits what is found
//
//     linked       with /opt/gordian/lib/libgordian.so.0: checked whenever it ends
//     gordian run  works
//     C++ library  libstdc++.so.6
//
//     module     debug info  RTTI  shim          unwind tables
//     ./tests    full        yes   3 of 4 files  yes
//     libcore.so none        yes   none          yes
//     and nothing is needed in libstdc++.so.6, libc.so.6
#include "doctor/doctor_text.h"

#include <algorithm>
#include <array>

#include "doctor/module_limits.h"
#include "report/fit.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kColumns = 5;
using Row = std::array<std::string, kColumns>;

std::string debug_words(const ModuleFacts& module) {
  const DebugFacts& debug = module.debug;
  std::string words = debug.level == DebugFacts::Level::none    ? "none"
                      : debug.level == DebugFacts::Level::lines ? "lines only"
                      : debug.lines_only.empty()                ? "full"
                                                                : "full in part";
  if (!debug.without_dwo.empty()) words = "without .dwo";
  if (debug.compressed) words += ", compressed";
  if (!debug.separate_file.empty()) words += ", separate";
  return words;
}

std::string rtti_words(const ModuleFacts& module) {
  const SymbolFacts& symbols = module.symbols;
  if (symbols.virtual_tables == 0) {
    // What describes a class refers to a class of the C++ library's that describes such.
    const bool described =
        std::any_of(module.file.imported.begin(), module.file.imported.end(),
                    [](const std::string& name) { return name.starts_with("_ZTVN10__cxxabiv1"); });
    return described ? "yes" : symbols.whole || !is_cxx(module) ? "-" : "not known";
  }
  if (symbols.tables_without_rtti == symbols.virtual_tables) return "no";
  return symbols.controls_without_rtti != 0 ? "in part" : "yes";
}

std::string shim_words(const ModuleFacts& module) {
  if (!is_cxx(module)) return "-";
  if (!module.has_shim()) return "none";
  const DebugFacts& debug = module.debug;
  const SymbolFacts& symbols = module.symbols;
  const auto of = [](std::size_t number, std::size_t all) {
    return std::to_string(number) + " of " + counted(all, "file");
  };
  const std::size_t units = debug.with_shim.size() + debug.shared_without_shim.size();
  if (debug.level == DebugFacts::Level::full && units != 0) return of(debug.with_shim.size(), units);
  if (!symbols.files_with_shim.empty()) return of(symbols.files_with_shim.size(), symbols.files.size());
  return "in some files";
}

std::string unwinding_words(const ModuleFacts& module) {
  if (!module.file.unwind_tables) return "no";
  const SymbolFacts& symbols = module.symbols;
  if (symbols.without_unwinding.empty()) return "yes";
  return "not of " + std::to_string(symbols.without_unwinding.size()) + " of " +
         counted(symbols.functions, "function");
}

Row row_of(const ModuleFacts& module) {
  if (module.path.empty()) return {shown_name(module), "not found", "", "", ""};
  if (!module.unreadable.empty()) return {shown_name(module), "unreadable", "", "", ""};
  return {shown_name(module), debug_words(module), rtti_words(module), shim_words(module),
          unwinding_words(module)};
}

std::string table_text(const std::vector<ModuleFacts>& modules, const Paint& paint) {
  std::vector<Row> rows = {{"module", "debug info", "RTTI", "shim", "unwind tables"}};
  std::vector<std::string> others;
  for (const auto& module : modules) {
    const bool listed_alone =
        &module == &modules.front() || module.path.empty() || !module.unreadable.empty();
    const bool of_c = module.of_system && !is_cxx(module);
    if (!listed_alone && (module.runtime_library || of_c)) {
      others.push_back(module.name);
    } else {
      rows.push_back(row_of(module));
    }
  }
  std::array<std::size_t, kColumns> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line = " ";
    for (std::size_t i = 0; i < kColumns; ++i)
      line += " " + row[i] + std::string(widths[i] + 1 - row[i].size(), ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    text += (&row == &rows.front() ? paint(Ink::quiet, line) : line) + "\n";
  }
  if (!others.empty()) text += paint(Ink::quiet, "  and nothing is needed in " + some_of(others)) + "\n";
  return text;
}

std::string headline(const ModuleFacts& program, const Diagnosis& diagnosis) {
  std::string words = "gordian: " + shown_name(program);
  if (!diagnosis.is_program) {
    words += " is a library: this is what it gives to the program that loads it";
  } else {
    words += diagnosis.run_only  ? " can be checked by gordian run, and not as it is linked"
             : diagnosis.checked ? " can be checked"
                                 : " cannot be checked";
  }
  const std::size_t limits = diagnosis.limits.size();
  if (limits == 0 || !diagnosis.checked) return words;
  return words + "; " + counted(limits, "thing") + (limits == 1 ? " limits" : " limit") + " what is found";
}

}  // namespace

std::string doctor_text(const std::vector<ModuleFacts>& modules, const Diagnosis& diagnosis,
                        const Paint& paint) {
  std::string text = paint(Ink::headline, headline(modules.front(), diagnosis)) + "\n\n";
  std::size_t width = 0;
  for (const auto& [label, words] : diagnosis.summary) width = std::max(width, label.size());
  for (const auto& [label, words] : diagnosis.summary) {
    text += "  " + label + std::string(width + 2 - label.size(), ' ') + words + "\n";
  }
  text += "\n" + table_text(modules, paint);
  for (std::size_t i = 0; i < diagnosis.limits.size(); ++i) {
    const Limit& limit = diagnosis.limits[i];
    text += "\n  " + std::to_string(i + 1) + ". " + limit.what + ".\n";
    text += paint(Ink::cut, "     to do: " + limit.remedy) + "\n";
  }
  if (!diagnosis.notes.empty()) text += "\n";
  for (const auto& note : diagnosis.notes) text += paint(Ink::note, "  note: " + note) + "\n";
  return fitted(text, paint.terminal().width);
}

}  // namespace gordian
