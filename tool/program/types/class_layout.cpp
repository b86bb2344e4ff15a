// class_layout.cpp - see class_layout.h.
#include "program/types/class_layout.h"

#include <algorithm>
#include <bit>

#include "program/names/names.h"
#include "program/types/coroutine_frame.h"

namespace gordian {
namespace {

bool is_static(Dwarf_Die member) {
  return dwarf::flag(member, DW_AT_external) || dwarf::flag(member, DW_AT_declaration) ||
         dwarf::has(member, DW_AT_const_value);
}

bool is_bit_field(Dwarf_Die member) {
  return dwarf::has(member, DW_AT_bit_size) || dwarf::has(member, DW_AT_data_bit_offset);
}

constexpr int kMostBases = 200;
constexpr int kDeepestBase = 30;
constexpr int kMostMemberSteps = 10000;  // of made-up classes one may contain itself twice
constexpr std::size_t kMostPlaces = 8;

// Whether a virtual base lies somewhere in the class. `budget` bounds the bases looked at:
// a made-up class may inherit itself.
bool has_virtual_base(DebugInfo& info, const Dwarf_Die& type, int& budget) {
  const std::optional<Dwarf_Die> definition = info.definition_of(type);
  bool found = !definition || --budget < 0;
  if (!found) {
    dwarf::each_child(*definition, [&](Dwarf_Die child) {
      if (dwarf_tag(&child) == DW_TAG_inheritance) {
        const std::optional<Dwarf_Die> base = dwarf::type_of(child);
        found = dwarf::number(child, DW_AT_virtuality).value_or(0) != 0 || !base ||
                has_virtual_base(info, *base, budget);
      }
      return !found;
    });
  }
  return found;
}

// g++ writes the capture `x` of a lambda as __x, clang as x.
void name_captures(ClassLayout& layout) {
  const bool marked = std::all_of(layout.fields.begin(), layout.fields.end(),
                                  [](const Field& field) { return field.name.starts_with("__"); });
  for (Field& field : layout.fields) {
    field.name = marked ? field.name.substr(2) : field.name;
  }
}

// std::max_align_t, which has no name of its own: nobody needs its numbers, but memory that is aligned for anything.
bool is_raw_memory(const ClassLayout& layout) {
  return layout.fields.size() > 1 && std::all_of(layout.fields.begin(), layout.fields.end(), [](const Field& field) {
    return field.name.starts_with("__max_align_") || field.name.starts_with("__clang_max_align_");
  });
}

}  // namespace

const ClassLayout* ClassLayouts::layout_of(const Dwarf_Die& type) {
  const std::optional<Dwarf_Die> definition = info_.definition_of(type);
  if (!definition) {
    return nullptr;
  }
  const auto known = known_.find(dwarf::identity(*definition));
  if (known != known_.end()) {
    return &known->second;
  }
  return &known_.emplace(dwarf::identity(*definition), read(*definition)).first->second;
}

std::uint64_t ClassLayouts::size_of(const Dwarf_Die& peeled) {
  if (dwarf::is_class(peeled)) {
    const std::optional<Dwarf_Die> definition = info_.definition_of(peeled);
    return definition ? dwarf::size_of(*definition) : 0;
  }
  Dwarf_Die copy = peeled;
  if (dwarf_tag(&copy) == DW_TAG_array_type) {
    // An array of a class that this unit only declares has its bounds here, its element's size elsewhere.
    const auto element = dwarf::type_of(peeled);
    if (element && dwarf::is_class(*element) && dwarf::flag(*element, DW_AT_declaration)) {
      std::uint64_t size = size_of(*element);
      for (const std::uint64_t bound : dwarf::array_bounds(peeled)) {
        size = bound <= (std::uint64_t{1} << 32) && size <= (std::uint64_t{1} << 32) ? size * bound : 0;
      }
      return size;
    }
  }
  return dwarf::size_of(peeled);
}

ClassLayout ClassLayouts::read(const Dwarf_Die& definition) {
  ClassLayout layout;
  layout.die = definition;
  layout.name = info_.qualified_name(definition);
  layout.size = dwarf::size_of(definition);
  const auto family = families_.of_handle(without_arguments(layout.name));
  layout.role = family ? ClassRole::counted_handle : role_of(layout.name);
  layout.family = family.value_or(0);
  layout.is_union = dwarf_tag(&layout.die) == DW_TAG_union_type;
  layout.is_closure = is_closure(definition);
  layout.is_frame = is_coroutine_frame(definition);
  if (layout.is_frame) {
    layout.name = coroutine_name(info_, definition);
  }
  int budget = kMostBases;
  layout.has_virtual_base = has_virtual_base(info_, definition, budget);
  layout.of_library = layout.name.starts_with("std::") || layout.name.starts_with("__gnu_cxx::");
  if (layout.role != ClassRole::opaque && layout.role != ClassRole::no_handles) {
    dwarf::each_child(definition, [&](Dwarf_Die child) {
      add_field(child, layout);
      return true;
    });
    close_gaps(layout);
    add_virtual_bases(layout);
  }
  if (layout.is_closure) {
    name_captures(layout);
  }
  if (is_raw_memory(layout)) {
    layout.role = ClassRole::opaque;
  }
  for (Field& field : layout.fields) {
    field.name = layout.is_frame ? frame_variable(field.name) : field.name;
  }
  return layout;
}

void ClassLayouts::add_field(Dwarf_Die child, ClassLayout& layout) {
  const int tag = dwarf_tag(&child);
  if (tag != DW_TAG_member && tag != DW_TAG_inheritance) {
    return;
  }
  const bool is_virtual =
      tag == DW_TAG_inheritance && dwarf::number(child, DW_AT_virtuality).value_or(0) != 0;
  const std::optional<std::uint64_t> offset = dwarf::offset_in_class(child);
  const std::optional<Dwarf_Die> type = dwarf::type_of(child);
  if (is_virtual || !offset || !type || is_bit_field(child) || (tag == DW_TAG_member && is_static(child)) ||
      *offset >= layout.size) {
    return;  // a bit-field holds no handle: its word is one unless another member says otherwise
  }
  Field field;
  field.is_base = tag == DW_TAG_inheritance;
  field.name = field.is_base ? "" : dwarf::name_of(child);
  field.offset = *offset;
  field.type = *type;
  field.declaration = child;
  const std::uint64_t size = size_of(*type);
  field.size_known = size != 0;
  field.end = *offset + std::min(size, layout.size - *offset);
  layout.fields.push_back(std::move(field));
}

// The virtual bases that the class or the bases at its very start declare: all of these share
// its virtual table, which has the offsets. Others stay unknown.
void ClassLayouts::add_virtual_bases(ClassLayout& layout) {
  std::optional<Dwarf_Die> at_start = layout.has_virtual_base ? std::optional(layout.die) : std::nullopt;
  for (int depth = 0; at_start && depth < dwarf::kLongestChain; ++depth) {
    std::optional<Dwarf_Die> next;
    dwarf::each_child(*at_start, [&](Dwarf_Die child) {
      const auto base = dwarf_tag(&child) == DW_TAG_inheritance ? dwarf::type_of(child) : std::nullopt;
      if (!base) {
        return true;
      }
      const auto slot = dwarf::virtual_base_slot(child);
      const auto offset = slot ? vtables_(layout.name, *slot) : std::nullopt;
      if (offset && *offset < layout.size) {
        const std::uint64_t size = size_of(*base);
        Field field;
        field.offset = *offset;
        field.end = *offset + std::min(size, layout.size - *offset);
        field.size_known = size != 0;
        field.is_base = true;
        field.type = *base;
        field.declaration = child;
        layout.virtual_bases.push_back(std::move(field));
      } else if (!slot && dwarf::offset_in_class(child) == 0) {
        next = info_.definition_of(*base);
      }
      return true;
    });
    at_start = next;
  }
  std::stable_sort(layout.virtual_bases.begin(), layout.virtual_bases.end(),
                   [](const Field& a, const Field& b) { return a.offset < b.offset; });
}

std::vector<ClassLayouts::MemberPlace> ClassLayouts::find_member(const Dwarf_Die& type,
                                                                const Member& member) {
  std::vector<MemberPlace> found;
  find_member(type, member, 0, kDeepestBase, found);
  if (const ClassLayout* layout = dwarf::is_class(type) ? layout_of(type) : nullptr; layout != nullptr) {
    for (const Field& base : layout->virtual_bases) {
      find_member(base.type, member, base.offset, kDeepestBase, found);
    }
  }
  return found;
}

void ClassLayouts::find_member(const Dwarf_Die& type, const Member& member, std::uint64_t base, int depth,
                               std::vector<MemberPlace>& found) {
  if (depth <= 0 || !dwarf::is_class(type)) {
    return;
  }
  const ClassLayout* layout = layout_of(type);
  if (layout == nullptr) {
    if (member.offset && without_arguments(info_.qualified_name(type)) == member.owner) {
      found.push_back({base + *member.offset, type});
    }
    return;
  }
  const bool here = member.owner.empty() || without_arguments(layout->name) == member.owner;
  for (const Field& field : layout->fields) {
    if (field.is_base) {
      find_member(field.type, member, base + field.offset, depth - 1, found);
    } else if (here && field.name == member.name && found.size() < kMostPlaces) {
      found.push_back({base + field.offset, field.type});
    }
  }
}

bool ClassLayouts::has_part(const Dwarf_Die& type, std::uint64_t offset, const Dwarf_Die& part) {
  int steps = kMostMemberSteps;
  return has_part(type, offset, part, kDeepestBase, steps);
}

bool ClassLayouts::has_part(const Dwarf_Die& type, std::uint64_t offset, const Dwarf_Die& part, int depth, int& steps) {
  if (Dwarf_Die copy = type; dwarf_tag(&copy) == DW_TAG_array_type) {
    const auto element = dwarf::type_of(type);
    const std::uint64_t size = element ? size_of(*element) : 0;
    return size != 0 && depth > 0 && has_part(*element, offset % size, part, depth - 1, steps);
  }
  const bool classes = depth > 0 && steps-- > 0 && dwarf::is_class(type) && dwarf::is_class(part);
  const ClassLayout* layout = classes ? layout_of(type) : nullptr;
  const ClassLayout* wanted = classes ? layout_of(part) : nullptr;
  if (layout == nullptr || wanted == nullptr) {
    return false;
  }
  if (offset == 0 && layout->size == wanted->size && layout->name == wanted->name) {
    return true;
  }
  return std::any_of(layout->fields.begin(), layout->fields.end(), [&](const Field& field) {
    return field.offset <= offset && offset < field.end && has_part(field.type, offset - field.offset, part, depth - 1, steps);
  });
}

namespace {

constexpr std::uint64_t kMostAlignment = 4096;

// What alignas() says of a class or member.
std::uint64_t told_alignment(const Dwarf_Die& die) {
  const std::uint64_t told = dwarf::number(die, DW_AT_alignment).value_or(1);
  return std::has_single_bit(told) && told <= kMostAlignment ? told : 1;
}

// Numbers are as large as they are aligned; a complex one is two of them.
std::uint64_t alignment_of_number(const Dwarf_Die& type) {
  const bool complex = dwarf::number(type, DW_AT_encoding) == std::uint64_t{DW_ATE_complex_float};
  const std::uint64_t size = dwarf::size_of(type) / (complex ? 2 : 1);
  return std::has_single_bit(size) && size <= 16 ? size : 1;
}

}  // namespace

std::uint64_t ClassLayouts::alignment_of(const Dwarf_Die& peeled) {
  int steps = kMostMemberSteps;
  return alignment_of(peeled, kDeepestBase, steps);
}

std::uint64_t ClassLayouts::alignment_of(const Dwarf_Die& type, int depth, int& steps) {
  if (depth <= 0 || --steps <= 0) {
    return 1;
  }
  Dwarf_Die copy = type;
  const int tag = dwarf_tag(&copy);
  if (tag == DW_TAG_array_type) {
    const std::uint64_t size = dwarf::flag(type, DW_AT_GNU_vector) ? size_of(type) : 0;
    const auto element = dwarf::type_of(type);
    return std::has_single_bit(size) ? std::min(size, kMostAlignment) : element ? alignment_of(*element, depth - 1, steps) : 1;
  }
  if (!dwarf::is_class(type)) {
    return tag == DW_TAG_base_type || tag == DW_TAG_enumeration_type ? alignment_of_number(type) : 8;
  }
  const std::optional<Dwarf_Die> definition = info_.definition_of(type);
  std::uint64_t largest = definition ? told_alignment(*definition) : 1;
  if (definition) {
    dwarf::each_child(*definition, [&](Dwarf_Die child) {
      const int part = dwarf_tag(&child);
      const bool inside = part == DW_TAG_inheritance || (part == DW_TAG_member && !is_static(child));
      const auto of = inside ? dwarf::type_of(child) : std::nullopt;
      if (of) {
        largest = std::max({largest, told_alignment(child), alignment_of(*of, depth - 1, steps)});
      }
      return true;
    });
  }
  return largest;
}

void ClassLayouts::close_gaps(ClassLayout& layout) {
  std::stable_sort(layout.fields.begin(), layout.fields.end(),
                   [](const Field& a, const Field& b) { return a.offset < b.offset; });
  std::uint64_t next = layout.size;
  for (std::size_t i = layout.fields.size(); i-- > 0;) {
    Field& field = layout.fields[i];
    if (!field.size_known) {
      field.end = layout.is_union ? layout.size : next;
    }
    next = field.offset;
  }
}

}  // namespace gordian
