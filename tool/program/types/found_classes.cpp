// found_classes.cpp - classes that no object tells of: those of a size that have another in a place, those that count, and those that some
// code makes.
#include <algorithm>

#include "program/types/dwarf_types.h"

namespace gordian {

bool DwarfTypes::has_part(TypeId type, std::uint64_t offset, TypeId part) {
  const auto whole = static_cast<std::size_t>(type);
  const auto inner = static_cast<std::size_t>(part);
  const bool known = whole != 0 && whole <= types_.size() && inner != 0 && inner <= types_.size();
  if (!known || types_[whole - 1].nodes || types_[inner - 1].nodes) {
    return false;
  }
  return layouts_.has_part(types_[whole - 1].die, offset, types_[inner - 1].die);
}

std::optional<std::vector<TypeId>> DwarfTypes::having_part(TypeId part, std::uint64_t offset, std::uint64_t size) {
  const auto index = static_cast<std::size_t>(part);
  if (index == 0 || index > types_.size() || types_[index - 1].nodes) {
    return std::nullopt;
  }
  const Dwarf_Die die = types_[index - 1].die;
  const auto classes = info_.classes_perhaps_with(die, size);
  if (!classes) {
    return std::nullopt;
  }
  std::vector<TypeId> found;
  for (const Dwarf_Die& whole : *classes) {
    if (layouts_.has_part(whole, offset, die)) {
      found.push_back(id_of(whole));
    }
  }
  return found;
}

std::vector<TypeModel::CountedClass> DwarfTypes::counted_classes() {
  std::vector<CountedClass> found;
  for (std::uint32_t family = 0; family < families_.size(); ++family) {
    for (const Dwarf_Die& handle : info_.classes_of_template(families_[family].handle)) {
      const auto object = dwarf::template_type(handle, 0);
      const auto definition = object && dwarf::is_class(*object) ? info_.definition_of(*object) : std::nullopt;
      const TypeId type = definition ? id_of(*definition) : TypeId::none;
      const bool known = std::any_of(found.begin(), found.end(), [&](const CountedClass& other) {
        return other.type == type && other.family == family;
      });
      if (type != TypeId::none && !known) {
        found.push_back({type, family, !families_[family].object.empty()});
      }
    }
  }
  return found;
}

std::vector<TypeId> DwarfTypes::allocated_by(std::span<const std::uint64_t> stack) {
  std::vector<TypeId> types;
  for (const Dwarf_Die& type : constructions_.behind(stack)) {
    types.push_back(id_of(type));
  }
  return types;
}

TypeId DwarfTypes::announced_by(std::span<const std::uint64_t> stack) {
  const auto type = constructed_in(info_, stack);
  return type ? id_of(*type) : TypeId::none;
}

}  // namespace gordian
