// erased_code.cpp - see erased_code.h.
//
// Each such function is a member of a class template, or a template itself, and one of the
// template's type arguments is the stored type.
#include "program/types/erased_code.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "program/names/names.h"

namespace gordian {
namespace {

struct StoredRow {
  std::string_view scope;  // the class around the function, without template arguments
  bool function_template;  // the argument is the function's own, not the class's
  int argument;            // which type argument
};

constexpr std::array kStoredRows{
    // libstdc++
    StoredRow{"std::_Function_handler", false, 1},
    StoredRow{"std::_Function_base::_Base_manager", false, 0},
    StoredRow{"std::_Mofunc_base", true, 0},
    StoredRow{"std::move_only_function", true, 0},
    StoredRow{"std::any::_Manager_internal", false, 0},
    StoredRow{"std::any::_Manager_external", false, 0},
    // libc++
    StoredRow{"std::__any_imp::_SmallHandler", false, 0},
    StoredRow{"std::__any_imp::_LargeHandler", false, 0},
    // boost
    StoredRow{"boost::detail::function::functor_manager", false, 0},
};

// A member function: where it is defined, where it is declared, and its class.
struct MemberFunction {
  Dwarf_Die definition{};
  Dwarf_Die function{};
  Dwarf_Die scope{};
  std::string scope_name;  // without template arguments
};

std::optional<MemberFunction> member_over(DebugInfo& info, std::uint64_t code) {
  const auto place = info.place_of(code);
  if (!place || !place->function) {
    return std::nullopt;
  }
  const Dwarf_Die function = dwarf::declaration_of(*place->function);
  const auto scope = info.unit_of(function).scope_of(function);
  if (!scope || !dwarf::is_class(*scope)) {
    return std::nullopt;
  }
  // Only the type unit of a class, if it has one, tells its template arguments.
  const Dwarf_Die whole = dwarf::whole_class(*scope);
  return MemberFunction{*place->function, function, whole, without_arguments(info.qualified_name(whole))};
}

}  // namespace

std::optional<Dwarf_Die> operation_of(DebugInfo& info, std::uint64_t code) {
  const auto member = member_over(info, code);
  if (!member) {
    return std::nullopt;
  }
  const std::string function = dwarf::name_of(member->function);
  const bool completes =
      function == "do_complete" &&
      (member->scope_name.starts_with("boost::asio::") || member->scope_name.starts_with("asio::"));
  const bool destroys =
      (function == "deleter" || function == "safetyCheckDeleter" || function == "noDeleter") &&
      member->scope_name.starts_with("QtSharedPointer::ExternalRefCountWith");
  return completes || destroys ? info.definition_of(member->scope) : std::nullopt;
}

std::optional<Dwarf_Die> stored_type_of(DebugInfo& info, std::uint64_t code) {
  const auto member = member_over(info, code);
  if (!member) {
    return std::nullopt;
  }
  const auto* row =
      std::find_if(kStoredRows.begin(), kStoredRows.end(), [&](const StoredRow& r) { return r.scope == member->scope_name; });
  if (row == kStoredRows.end()) {
    return std::nullopt;
  }
  std::optional<Dwarf_Die> type =
      dwarf::template_type(row->function_template ? member->function : member->scope, row->argument);
  if (!type && row->function_template) {
    type = dwarf::template_type(member->definition, row->argument);
  }
  return type && dwarf::is_class(*type) ? info.definition_of(*type) : type;
}

}  // namespace gordian
