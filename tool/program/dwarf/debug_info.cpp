// debug_info.cpp - finds modules, units and definitions; names are in die_names.cpp.
#include "program/dwarf/debug_info.h"

#include <algorithm>
#include <filesystem>

#include "program/elf/system_library.h"
#include "program/names/names.h"

namespace gordian {
namespace {

// A name that other files may give to another type.
bool is_local_name(std::string_view name) {
  return name.find("(anonymous namespace)") != std::string_view::npos ||
         name.find("{lambda") != std::string_view::npos || name.find("(anonymous ") != std::string_view::npos;
}

// Also of a function that each file may have one of: no name says so.
bool is_perhaps_local(std::string_view name) {
  return is_local_name(name) || name.find(")::") != std::string_view::npos;
}

// A class's name without scopes and template arguments: its key in an index.
std::string_view last_part(std::string_view qualified) {
  const TemplateName parts = split_template(qualified);
  const std::string_view name = qualified.substr(0, parts.name.size());
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    depth += name[i] == '<' || name[i] == '(' || name[i] == '{' ? 1 : 0;
    depth -= name[i] == '>' || name[i] == ')' || name[i] == '}' ? 1 : 0;
    if (depth <= 0 && name[i] == ':') {
      start = i + 1;
    }
  }
  return name.substr(start);
}

// What a class's DIE stands for. Link-time optimisation leaves stand-ins for the files' own classes.
Dwarf_Die meant_by(const Dwarf_Die& type) {
  const auto original = dwarf::reference(type, DW_AT_abstract_origin);
  return dwarf::whole_class(original && dwarf::is_class(*original) ? *original : type);
}

}  // namespace

DebugInfo::DebugInfo(const Snapshot& snapshot, Notes& notes) {
  const std::string running = "/proc/" + std::to_string(snapshot.pid) + "/exe";
  for (const Module& module : snapshot.modules) {
    Entry entry;
    entry.file = std::make_unique<ModuleFile>(module, notes, module.path == snapshot.program ? running : "");
    modules_.push_back(std::move(entry));
  }
}

DebugInfo::Entry* DebugInfo::entry_at(std::uint64_t address) {
  auto after = std::upper_bound(
      modules_.begin(), modules_.end(), address,
      [](std::uint64_t value, const Entry& entry) { return value < entry.file->module().low; });
  if (after == modules_.begin() || address >= (after - 1)->file->module().high) {
    return nullptr;
  }
  return &*(after - 1);
}

ModuleFile* DebugInfo::module_at(std::uint64_t address) {
  Entry* entry = entry_at(address);
  return entry != nullptr ? entry->file.get() : nullptr;
}

DebugModule* DebugInfo::debug_of(Entry& entry) {
  if (!entry.asked) {
    entry.asked = true;
    if (const auto debug = entry.file->debug()) {
      entry.debug = std::make_unique<DebugModule>(debug->dwarf, debug->bias);
    }
  }
  return entry.debug.get();
}

DebugModule* DebugInfo::debug_of(ModuleFile& module) {
  Entry* entry = entry_at(module.module().low);
  return entry != nullptr && entry->file.get() == &module ? debug_of(*entry) : nullptr;
}

void DebugInfo::note_unknown_type(std::span<const std::uint64_t> stack) {
  for (const std::uint64_t pc : stack) {
    ModuleFile* module = module_at(pc - 1);
    if (module != nullptr && !is_system_library(module->module().path)) {
      module->note_unknown_type();
      return;
    }
  }
  for (Entry& entry : modules_) {
    entry.file->note_unknown_type();
  }
}

std::optional<Variables::Found> DebugInfo::variable_before(std::uint64_t address) {
  Entry* entry = entry_at(address);
  DebugModule* debug = entry != nullptr ? debug_of(*entry) : nullptr;
  if (debug == nullptr) {
    return std::nullopt;
  }
  if (!entry->variables) {
    entry->variables = std::make_unique<Variables>(debug->dwarf(), debug->bias());
  }
  return entry->variables->last_from(address);
}

Unit& DebugInfo::unit_of(Dwarf_Die die) {
  Dwarf_Die root;
  if (dwarf_diecu(&die, &root, nullptr, nullptr) == nullptr) {
    root = die;
  }
  std::unique_ptr<Unit>& unit = units_[root.addr];
  if (!unit) {
    unit = std::make_unique<Unit>(root);
  }
  return *unit;
}

std::optional<DebugInfo::Place> DebugInfo::place_of(std::uint64_t address) {
  Entry* entry = entry_at(address);
  DebugModule* debug = entry != nullptr ? debug_of(*entry) : nullptr;
  if (debug == nullptr) {
    return std::nullopt;
  }
  const DebugModule::UnitRoot* unit = debug->unit_over(address);
  if (debug->lacks_units() && !entry->noted) {
    entry->noted = true;
    entry->file->note_missing_class();
  }
  if (unit == nullptr) {
    return std::nullopt;
  }
  const auto function = unit_of(unit->dies).function_over(address - debug->bias());
  return Place{debug, unit, function ? std::optional(function->die) : std::nullopt, function ? function->bytes : 0};
}

std::optional<Dwarf_Die> DebugInfo::only_one(const std::string& name,
                                             const std::vector<Dwarf_Die>& candidates) {
  std::optional<Dwarf_Die> same;
  std::optional<Dwarf_Die> possible;
  bool differ = false;
  bool several = false;
  const bool is_local = is_local_name(name);
  for (const Dwarf_Die& die : candidates) {
    const NameMatch match = match_names(name, qualified_name(die));
    if (match == NameMatch::same) {
      // Two definitions of one name that differ break the one-definition rule, or are two files' own: which one
      // an object has cannot be told, so neither is taken.
      differ = differ || (same && (dwarf::size_of(*same) != dwarf::size_of(die) ||
                                   (is_local && dwarf::identity(meant_by(*same)) != dwarf::identity(meant_by(die)))));
      same = same ? same : die;
    } else if (match == NameMatch::possible) {
      several = several || possible;
      possible = die;
    }
  }
  if (same) {
    return differ ? std::nullopt : same;
  }
  return several ? std::nullopt : possible;
}

std::optional<Dwarf_Die> DebugInfo::class_in_unit(const std::string& name, Unit& unit) {
  const auto found = only_one(name, unit.classes_named(last_part(name)));
  // What stands for a type unit that cannot be read is no definition.
  const auto meant = found ? std::optional(meant_by(*found)) : std::nullopt;
  return meant && !dwarf::flag(*meant, DW_AT_declaration) ? meant : std::nullopt;
}

std::optional<Dwarf_Die> DebugInfo::class_in_modules(const std::string& name, const ModuleFile* first) {
  if (is_local_name(name)) {
    return std::nullopt;
  }
  const auto known = classes_.find({first, name});
  if (known != classes_.end()) {
    return known->second;
  }
  std::vector<Entry*> order;
  for (Entry& entry : modules_) {
    order.insert(entry.file.get() == first ? order.begin() : order.end(), &entry);
  }
  std::optional<Dwarf_Die> found;
  for (Entry* entry : order) {
    if (found) {
      break;  // the other modules' debug info stays closed
    }
    if (DebugModule* debug = debug_of(*entry); debug != nullptr) {
      found = only_one(name, debug->classes_named(last_part(name), name));
    }
  }
  classes_.emplace(std::pair(first, name), found);
  return found;
}

std::optional<Dwarf_Die> DebugInfo::definition_of(const Dwarf_Die& type) {
  if (const Dwarf_Die whole = meant_by(type); !dwarf::flag(whole, DW_AT_declaration)) {
    return whole;
  }
  const auto known = definitions_.find(dwarf::identity(type));
  if (known != definitions_.end()) {
    return known->second;
  }
  const std::string name = qualified_name(type);
  std::optional<Dwarf_Die> found = class_in_unit(name, unit_of(type));
  if (!found) {
    const ModuleFile* first = nullptr;
    Dwarf* dwarf = dwarf_cu_getdwarf(type.cu);
    for (const Entry& entry : modules_) {
      first = entry.debug && entry.debug->dwarf() == dwarf ? entry.file.get() : first;
    }
    found = class_in_modules(name, first);
  }
  definitions_.emplace(dwarf::identity(type), found);
  return found;
}

// Of two files' classes in unnamed namespaces that have one name, the linker or the compiler folds functions of the same code
// into one of either: short ones. So the longest tells.
std::optional<Dwarf_Die> DebugInfo::class_with_functions(const std::string& name, const std::vector<std::uint64_t>& functions) {
  std::optional<Dwarf_Die> found;
  std::uint64_t bytes = 0;
  for (const std::uint64_t address : functions) {
    const auto place = place_of(address);
    if (!place || !place->function || (found && place->bytes <= bytes)) {
      continue;
    }
    const Dwarf_Die declared = dwarf::declaration_of(*place->function);
    const auto scope = unit_of(declared).scope_of(declared);
    const bool own = scope && dwarf::is_class(*scope) && match_names(name, qualified_name(*scope)) == NameMatch::same;
    if (const auto whole = own ? definition_of(*scope) : std::nullopt) {
      found = whole;
      bytes = place->bytes;
    }
  }
  return found;
}

std::optional<Dwarf_Die> DebugInfo::class_named(const std::string& name,
                                                const std::vector<std::uint64_t>& functions,
                                                std::uint64_t address) {
  // What it inherits may be of a file that has a class of this name of its own, and the only class of a name that debug info has
  // need not be the object's: its file may have none.
  if (is_perhaps_local(name)) {
    return class_with_functions(name, functions);
  }
  for (const std::uint64_t function : functions) {
    if (const auto place = place_of(function)) {
      if (auto found = class_in_unit(name, unit_of(place->unit->dies))) {
        return found;
      }
      // Link-time optimisation puts all code into one unit and leaves the types in the files' own.
      const auto home =
          place->function ? std::optional(dwarf::declaration_of(*place->function)) : std::nullopt;
      if (auto found = home ? class_in_unit(name, unit_of(*home)) : std::nullopt) {
        return found;
      }
    }
  }
  return class_in_modules(name, module_at(address));
}

std::vector<Dwarf_Die> DebugInfo::classes_of_template(const std::string& name) {
  std::vector<Dwarf_Die> found;
  for (Entry& entry : modules_) {
    DebugModule* debug = debug_of(entry);
    if (debug == nullptr) {
      continue;
    }
    for (const Dwarf_Die& die : debug->classes_named(last_part(name), name + "<>")) {
      if (without_arguments(qualified_name(die)) == name) {
        found.push_back(meant_by(die));
      }
    }
  }
  return found;
}

std::optional<std::vector<Dwarf_Die>> DebugInfo::classes_perhaps_with(const Dwarf_Die& part, std::uint64_t size) {
  std::vector<Dwarf_Die> found;
  for (Entry& entry : modules_) {
    DebugModule* debug = debug_of(entry);
    if (debug == nullptr) {
      continue;
    }
    const auto units = visits_left_ > 0 ? debug->units_using(dwarf::name_of(part)) : std::nullopt;
    if (!units) {
      return std::nullopt;
    }
    for (const Dwarf_Die& unit : *units) {
      if (!entry.by_size.add(unit, visits_left_)) {
        return std::nullopt;
      }
    }
    if (const auto* classes = entry.by_size.of_size(size); classes != nullptr) {
      found.insert(found.end(), classes->begin(), classes->end());
    }
  }
  return found;
}

std::string DebugInfo::file_of(Dwarf_Die unit, std::uint64_t index) {
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  if (dwarf_getsrcfiles(&unit, &files, &count) != 0 || index >= count) {
    return {};
  }
  const char* name = dwarf_filesrc(files, static_cast<std::size_t>(index), nullptr, nullptr);
  // DWARF 4 counts files from 1; libdw calls the one before the first "???".
  if (name == nullptr || *name == 0 || std::string_view(name) == "???") {
    return {};
  }
  std::filesystem::path path = name;
  if (path.is_relative()) {
    path = std::filesystem::path(dwarf::text(unit, DW_AT_comp_dir).value_or("")) / path;
  }
  return path.lexically_normal().string();
}

std::string DebugInfo::declared_in(Dwarf_Die die) {
  const auto index = dwarf::number(die, DW_AT_decl_file);
  Dwarf_Die root;
  if (!index || dwarf_diecu(&die, &root, nullptr, nullptr) == nullptr) {
    return {};
  }
  return file_of(root, *index);
}

}  // namespace gordian
