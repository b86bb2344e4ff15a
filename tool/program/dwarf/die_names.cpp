// die_names.cpp - the names of DebugInfo: what a DIE is called in the program's text.
#include <filesystem>

#include "program/dwarf/debug_info.h"
#include "program/names/names.h"

namespace gordian {
namespace {

// Steps to put one name together: scopes, pointers, arguments of arguments. Types that are made
// of themselves in a made-up file end here.
constexpr int kMostNameSteps = 2000;

std::string anonymous(Dwarf_Die& die) {
  switch (dwarf_tag(&die)) {
    case DW_TAG_namespace:
      return "(anonymous namespace)";
    case DW_TAG_union_type:
      return "(anonymous union)";
    case DW_TAG_enumeration_type:
      return "(anonymous enum)";
    case DW_TAG_class_type:
    case DW_TAG_structure_type:
      return "(anonymous struct)";
    default:
      return {};
  }
}

// Without arguments, the name that the constructors of a class say it has: g++ leaves it away where the class
// was first named through an alias template. "" where they say none.
std::string name_by_constructor(const Dwarf_Die& die) {
  std::string found;
  dwarf::each_child(die, [&](Dwarf_Die child) {
    const std::string name = dwarf_tag(&child) == DW_TAG_subprogram ? dwarf::name_of(child) : "";
    if (name.empty()) {
      return true;
    }
    const std::string symbol = demangle_symbol(dwarf::linkage_name(child));
    const std::size_t end = symbol.rfind("::" + name + "(");
    if (end == std::string::npos) {
      return true;
    }
    const std::string around = without_arguments(symbol.substr(0, end));
    if (around == name || around.ends_with("::" + name)) {
      found = name;
    }
    return found.empty();
  });
  return found;
}

}  // namespace

bool is_closure(const Dwarf_Die& die) {
  Dwarf_Die copy = die;
  const char* name = dwarf_diename(&copy);
  if (!dwarf::is_class(die) || (name != nullptr && *name != 0 && *name != '<')) {
    return false;
  }
  if (!name_by_constructor(die).empty()) {
    return false;
  }
  // clang lists no call operator of a lambda that is never called, but keeps `class` for lambdas.
  bool found = dwarf_tag(&copy) == DW_TAG_class_type;
  dwarf::each_child(die, [&](Dwarf_Die child) {
    if (dwarf_tag(&child) == DW_TAG_subprogram) {
      const std::string function = dwarf::name_of(child);
      found = found || function == "operator()" || function.starts_with("<lambda");
    }
    return !found;
  });
  return found;
}

std::string DebugInfo::closure_name(const Dwarf_Die& die) {
  const std::string file = std::filesystem::path(declared_in(die)).filename().string();
  const auto line = dwarf::number(die, DW_AT_decl_line);
  return file.empty() || !line ? "{lambda}" : "{lambda at " + file + ":" + std::to_string(*line) + "}";
}

std::string DebugInfo::own_name(const Dwarf_Die& die, int depth) {
  Dwarf_Die copy = die;
  if (dwarf_tag(&copy) == DW_TAG_subprogram || dwarf_tag(&copy) == DW_TAG_inlined_subroutine) {
    return function_name(die, depth);
  }
  if (is_closure(die)) {
    return closure_name(die);
  }
  std::string name = dwarf::name_of(die);
  if (name.empty() && dwarf::is_class(die)) {
    name = name_by_constructor(die);
  }
  if (name.empty()) {
    return anonymous(copy);
  }
  if (name.find('<') == std::string::npos && dwarf::is_class(die)) {
    // clang -gsimple-template-names leaves the arguments to the children.
    std::string arguments;
    for (int i = 0; auto type = dwarf::template_type(die, i); ++i) {
      arguments += (i > 0 ? ", " : "") + type_name(type, depth - 1);
    }
    name += arguments.empty() ? "" : "<" + arguments + ">";
  }
  return name;
}

std::string DebugInfo::name_in_scopes(Dwarf_Die die, int depth) {
  if (depth <= 0 || --steps_left_ <= 0) {
    return "...";
  }
  die = dwarf::whole_class(die);
  // A class or function defined apart from where it was declared belongs to the place of its declaration.
  const Dwarf_Die declared = dwarf::declaration_of(die);
  std::string name = own_name(die, depth);
  Dwarf_Die copy = die;
  if (dwarf_tag(&copy) == DW_TAG_subprogram && !dwarf::linkage_name(die).empty()) {
    return name;  // demangled: its scopes are in it
  }
  const auto scope = unit_of(declared).scope_of(declared);
  const std::string around = scope ? name_in_scopes(*scope, depth - 1) : "";
  return around.empty()
             ? name
             : around + "::" + name;  // clang -O2 leaves the function around a lambda without a name
}

const std::string& DebugInfo::qualified_name(const Dwarf_Die& die) {
  const auto known = names_.find(dwarf::identity(die));
  if (known != names_.end()) {
    return known->second;
  }
  steps_left_ = kMostNameSteps;
  return names_.emplace(dwarf::identity(die), tidy_name(name_in_scopes(die, dwarf::kDeepest))).first->second;
}

std::string DebugInfo::type_name(std::optional<Dwarf_Die> type) {
  steps_left_ = kMostNameSteps;
  return tidy_name(type_name(type, dwarf::kDeepest));
}

std::string DebugInfo::type_name(std::optional<Dwarf_Die> type, int depth) {
  if (!type) {
    return "void";
  }
  if (depth <= 0 || --steps_left_ <= 0) {
    return "...";
  }
  const auto target = [&] { return type_name(dwarf::reference(*type, DW_AT_type), depth - 1); };
  switch (dwarf_tag(&*type)) {
    case DW_TAG_pointer_type:
      return target() + "*";
    case DW_TAG_reference_type:
      return target() + "&";
    case DW_TAG_rvalue_reference_type:
      return target() + "&&";
    case DW_TAG_const_type:
      return target() + " const";
    case DW_TAG_volatile_type:
      return target() + " volatile";
    case DW_TAG_restrict_type:
    case DW_TAG_atomic_type:
      return target();
    case DW_TAG_array_type:
      return target() + "[]";
    case DW_TAG_subroutine_type:
      return target() + "(...)";
    case DW_TAG_ptr_to_member_type:
      return target() + " member*";
    case DW_TAG_base_type:
    case DW_TAG_unspecified_type:
      return dwarf::name_of(*type);
    default:
      return name_in_scopes(*type, depth - 1);
  }
}

std::string DebugInfo::function_name(const Dwarf_Die& function, int depth) {
  std::string name = demangle_symbol(dwarf::linkage_name(function));
  if (!name.empty()) {
    return name;
  }
  // A function of this file only has no symbol; C functions and main have one without parameters.
  name = dwarf::name_of(function);
  const Dwarf_Die declared = dwarf::declaration_of(function);
  const bool is_c = dwarf::flag(declared, DW_AT_external) && !unit_of(declared).scope_of(declared);
  if (name.empty() || is_c) {
    return name;
  }
  std::string parameters;
  dwarf::each_child(declared, [&](Dwarf_Die child) {
    if (dwarf_tag(&child) == DW_TAG_formal_parameter && !dwarf::flag(child, DW_AT_artificial)) {
      parameters +=
          (parameters.empty() ? "" : ", ") + type_name(dwarf::reference(child, DW_AT_type), depth - 1);
    }
    return true;
  });
  return name + "(" + parameters + ")";
}

}  // namespace gordian
