// variable_at.cpp - DwarfTypes::variable_at(): from debug info, or else a name from the module's symbols.
#include "program/dwarf/locals.h"
#include "program/names/names.h"
#include "program/types/dwarf_types.h"

namespace gordian {

// None where what was found ends before `address`.
std::optional<Variable> DwarfTypes::describe_variable(const Dwarf_Die& die, std::uint64_t start,
                                                      std::uint64_t address) {
  const Dwarf_Die declaration = dwarf::declaration_of(die);
  const auto own_type = dwarf::type_of(die);
  const auto type = own_type ? own_type : dwarf::type_of(declaration);
  const TypeId id = type ? id_of(*type) : TypeId::none;
  const std::uint64_t bytes = id != TypeId::none ? size(id) : 0;
  if (address - start >= bytes) return std::nullopt;
  Variable variable;
  variable.address = start;
  variable.size = bytes;
  variable.type = id;
  variable.file = info_.declared_in(declaration);
  variable.line = static_cast<int>(dwarf::number(declaration, DW_AT_decl_line).value_or(0));
  return variable;
}

std::optional<Variable> DwarfTypes::static_variable_at(std::uint64_t address) {
  if (const auto found = info_.variable_before(address)) {
    if (auto variable = describe_variable(found->die, found->address, address)) {
      variable->name = info_.qualified_name(found->die);
      return variable;
    }
  }
  ModuleFile* module = info_.module_at(address);
  const auto symbol = module != nullptr ? module->data_symbol_over(address) : std::nullopt;
  if (!symbol) return std::nullopt;
  const std::string demangled = demangle_symbol(symbol->name);
  Variable variable;
  variable.name = tidy_name(demangled.empty() ? symbol->name : demangled);
  variable.address = symbol->address;
  variable.size = symbol->size;
  return variable;
}

std::optional<Variable> DwarfTypes::variable_at(std::uint64_t address) {
  const auto call = snapshot_.call_at(address);
  if (!call) return static_variable_at(address);
  const auto place = info_.place_of(call->pc - 1);
  if (!place || !place->function) return std::nullopt;
  const CallFrame frame{call->pc, call->low, call->high};
  const auto found = local_before(*place->function, frame, place->module->bias(), address);
  auto variable = found ? describe_variable(found->die, found->address, address) : std::nullopt;
  if (!variable) return std::nullopt;
  variable->name = dwarf::name_of(found->die);
  variable->is_local = true;
  return variable;
}

}  // namespace gordian
