// dwarf_die.cpp - see dwarf_die.h.
#include "program/dwarf/dwarf_die.h"

namespace gordian::dwarf {
namespace {

// Largest size we believe: an object's in this address space.
constexpr std::uint64_t kLargestObject = std::uint64_t{1} << 47;
constexpr std::size_t kMostDimensions = 32;

std::uint64_t size_of(Dwarf_Die type, int depth) {
  if (const auto bytes = number(type, DW_AT_byte_size)) {
    return *bytes <= kLargestObject ? *bytes : 0;
  }
  switch (dwarf_tag(&type)) {
    case DW_TAG_pointer_type:
    case DW_TAG_reference_type:
    case DW_TAG_rvalue_reference_type:
    case DW_TAG_unspecified_type:
      return 8;
    case DW_TAG_ptr_to_member_type: {
      // A pointer to a member function is two words.
      auto target = type_of(type);
      return target && dwarf_tag(&*target) == DW_TAG_subroutine_type ? 16 : 8;
    }
    case DW_TAG_enumeration_type: {
      const auto underlying = type_of(type);
      return underlying && depth > 0 ? size_of(*underlying, depth - 1) : 0;
    }
    case DW_TAG_array_type: {
      const auto element = type_of(type);
      std::uint64_t bytes = element && depth > 0 ? size_of(*element, depth - 1) : 0;
      for (const std::uint64_t bound : array_bounds(type)) {
        bytes = bound == 0 || bytes <= kLargestObject / bound ? bytes * bound : 0;
      }
      return bytes;
    }
    default:
      return 0;
  }
}

}  // namespace

std::string name_of(Dwarf_Die die) {
  const char* name = dwarf_diename(&die);
  return name != nullptr ? name : "";
}

std::uint64_t most_ranges(Dwarf* dwarf) {
  std::size_t size = 0;
  return elf_rawfile(dwarf_getelf(dwarf), &size) != nullptr ? size : 0;
}

bool has(Dwarf_Die die, unsigned attribute) {
  return dwarf_hasattr(&die, attribute) != 0;
}

bool flag(Dwarf_Die die, unsigned attribute) {
  Dwarf_Attribute found;
  bool value = false;
  return dwarf_attr(&die, attribute, &found) != nullptr && dwarf_formflag(&found, &value) == 0 && value;
}

std::optional<std::uint64_t> number(Dwarf_Die die, unsigned attribute) {
  Dwarf_Attribute found;
  Dwarf_Word value = 0;
  if (dwarf_attr(&die, attribute, &found) == nullptr || dwarf_formudata(&found, &value) != 0) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> text(Dwarf_Die die, unsigned attribute) {
  Dwarf_Attribute found;
  const char* value = dwarf_attr(&die, attribute, &found) != nullptr ? dwarf_formstring(&found) : nullptr;
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

std::optional<Dwarf_Die> reference(Dwarf_Die die, unsigned attribute) {
  Dwarf_Attribute found;
  Dwarf_Die target;
  if (dwarf_attr(&die, attribute, &found) == nullptr || dwarf_formref_die(&found, &target) == nullptr) {
    return std::nullopt;
  }
  return target;
}

std::string linkage_name(Dwarf_Die die) {
  for (int i = 0; i < kLongestChain; ++i) {
    for (const unsigned attribute : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
      if (auto name = text(die, attribute)) {
        return *name;
      }
    }
    auto next = reference(die, DW_AT_abstract_origin);
    next = next ? next : reference(die, DW_AT_specification);
    if (!next) {
      break;
    }
    die = *next;
  }
  return {};
}

Dwarf_Die declaration_of(Dwarf_Die die) {
  for (int i = 0; i < kLongestChain; ++i) {
    auto next = reference(die, DW_AT_abstract_origin);
    next = next ? next : reference(die, DW_AT_specification);
    if (!next) {
      break;
    }
    die = *next;
  }
  return die;
}

Dwarf_Die whole_class(const Dwarf_Die& type) {
  const auto whole = reference(type, DW_AT_signature);
  return whole && is_class(*whole) ? *whole : type;
}

std::optional<Dwarf_Die> peel(Dwarf_Die type) {
  for (int i = 0; i < kLongestChain; ++i) {
    switch (dwarf_tag(&type)) {
      case DW_TAG_typedef:
      case DW_TAG_const_type:
      case DW_TAG_volatile_type:
      case DW_TAG_restrict_type:
      case DW_TAG_atomic_type:
      case DW_TAG_immutable_type:
      case DW_TAG_packed_type:
      case DW_TAG_shared_type: {
        const auto next = reference(type, DW_AT_type);
        if (!next) {
          return std::nullopt;
        }
        type = *next;
        break;
      }
      default:
        return whole_class(type);
    }
  }
  return std::nullopt;
}

std::optional<Dwarf_Die> type_of(Dwarf_Die die) {
  const auto type = reference(die, DW_AT_type);
  return type ? peel(*type) : std::nullopt;
}

std::optional<std::uint64_t> offset_in_class(Dwarf_Die member) {
  Dwarf_Attribute location;
  if (dwarf_attr(&member, DW_AT_data_member_location, &location) == nullptr) {
    return 0;  // a union's alternative
  }
  Dwarf_Word value = 0;
  if (dwarf_formudata(&location, &value) == 0) {
    return value;
  }
  Dwarf_Op* operations = nullptr;
  std::size_t count = 0;
  if (dwarf_getlocation(&location, &operations, &count) == 0 && count == 1 &&
      operations[0].atom == DW_OP_plus_uconst) {
    return operations[0].number;
  }
  return std::nullopt;
}

// Both compilers write: dup, deref, the distance, minus, deref, plus.
std::optional<std::uint64_t> virtual_base_slot(Dwarf_Die inheritance) {
  Dwarf_Attribute location;
  Dwarf_Op* operations = nullptr;
  std::size_t count = 0;
  if (dwarf_attr(&inheritance, DW_AT_data_member_location, &location) == nullptr ||
      dwarf_getlocation(&location, &operations, &count) != 0 || count != 6 ||
      operations[0].atom != DW_OP_dup || operations[1].atom != DW_OP_deref ||
      operations[3].atom != DW_OP_minus || operations[4].atom != DW_OP_deref ||
      operations[5].atom != DW_OP_plus) {
    return std::nullopt;
  }
  const Dwarf_Op& distance = operations[2];
  if (distance.atom >= DW_OP_lit0 && distance.atom <= DW_OP_lit31) {
    return distance.atom - DW_OP_lit0;
  }
  const bool constant = distance.atom >= DW_OP_const1u && distance.atom <= DW_OP_consts;
  return constant ? std::optional<std::uint64_t>(distance.number) : std::nullopt;
}

std::optional<Dwarf_Die> template_type(Dwarf_Die die, int n) {
  std::optional<Dwarf_Die> found;
  each_child(die, [&](Dwarf_Die child) {
    if (dwarf_tag(&child) == DW_TAG_template_type_parameter && n-- == 0) {
      found = type_of(child);
      return false;
    }
    return true;
  });
  return found;
}

std::uint64_t size_of(Dwarf_Die type) {
  return size_of(type, kLongestChain);
}

std::size_t extend_path(std::size_t path, std::string_view name) {
  return (path ^ std::hash<std::string_view>()(name)) * 0x9e3779b97f4a7c15u;
}

std::vector<std::uint64_t> array_bounds(Dwarf_Die array) {
  std::vector<std::uint64_t> bounds;
  each_child(array, [&](Dwarf_Die range) {
    if (dwarf_tag(&range) == DW_TAG_subrange_type) {
      std::optional<std::uint64_t> n = number(range, DW_AT_count);
      if (!n) {
        // C's `int x[]` has no bound, C++'s x[0] in g++ one of -1.
        n = number(range, DW_AT_upper_bound);
        n = n ? std::optional(*n + 1) : n;
      }
      bounds.push_back(n && *n <= kLargestObject ? *n : 0);
    }
    return bounds.size() < kMostDimensions;
  });
  return bounds;
}

bool is_class(const Dwarf_Die& die) {
  Dwarf_Die copy = die;
  const int tag = dwarf_tag(&copy);
  return tag == DW_TAG_class_type || tag == DW_TAG_structure_type || tag == DW_TAG_union_type;
}

}  // namespace gordian::dwarf
