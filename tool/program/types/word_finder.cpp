// word_finder.cpp - see word_finder.h.
#include "program/types/word_finder.h"

#include <algorithm>
#include <cstdlib>

#include "program/names/names.h"

namespace gordian {
namespace {

constexpr int kDeepestMember = 100;  // members in members; a class that contains itself ends here
constexpr int kMostTypes = 10000;    // types looked at for one word; one that contains itself twice ends here

// What people make buffers of, beside bytes, to build an object of another type there: words that can be anything.
bool is_raw_memory(const Dwarf_Die& element) {
  Dwarf_Die copy = element;
  switch (dwarf_tag(&copy)) {
    case DW_TAG_pointer_type:
      return !dwarf::type_of(element);  // void*
    case DW_TAG_base_type: {
      const std::uint64_t encoding = dwarf::number(element, DW_AT_encoding).value_or(0);
      return dwarf::size_of(element) == kWord && (encoding == DW_ATE_unsigned || encoding == DW_ATE_signed);
    }
    default:
      return false;
  }
}

// Two members that share a word, or two alternatives of a union.
FoundWord either(FoundWord a, FoundWord b) {
  if (!a.covered || !b.covered) {
    return a.covered ? a : b;
  }
  const bool same_element = a.element.has_value() == b.element.has_value() &&
                            (!a.element || dwarf::identity(*a.element) == dwarf::identity(*b.element));
  if (a.kind != b.kind || !same_element) {
    a.kind = WordKind::unknown;
    a.element.reset();
    a.type.clear();
  }
  a.may_be_unmade = a.may_be_unmade || b.may_be_unmade;
  return a;
}

// A control block and a container's node have their value from the first on; a future's result, and whoever else has raw
// memory, gets one later.
bool makes_at_once(const ClassLayout& layout) {
  return layout.role == ClassRole::control ||
         (layout.name.starts_with("std::") && without_arguments(layout.name).find("_node") != std::string::npos);
}

}  // namespace

FoundWord WordFinder::at_end(WordKind kind, const Trail& trail, std::string type) {
  FoundWord word;
  word.kind = kind;
  word.member = trail.member;
  word.declared = trail.declared;
  word.path = trail.path;
  word.file = trail.file;
  word.line = trail.line;
  word.type = std::move(type);
  return word;
}

FoundWord WordFinder::no_slot() {
  FoundWord word;
  word.kind = WordKind::not_a_slot;
  return word;
}

FoundWord WordFinder::find(const Dwarf_Die& type, std::uint64_t offset) {
  steps_left_ = kMostTypes;
  return in_type(type, offset, Trail(), kDeepestMember);
}

FoundWord WordFinder::in_type(const Dwarf_Die& type, std::uint64_t offset, Trail trail, int depth) {
  if (depth <= 0 || --steps_left_ <= 0) {
    return at_end(WordKind::unknown, trail);
  }
  if (dwarf::is_class(type)) {
    const ClassLayout* layout = layouts_.layout_of(type);
    return layout != nullptr ? in_class(*layout, offset, std::move(trail), depth)
                             : at_end(WordKind::unknown, trail, info_.type_name(type));
  }
  Dwarf_Die copy = type;
  switch (dwarf_tag(&copy)) {
    case DW_TAG_pointer_type:
    case DW_TAG_reference_type:
    case DW_TAG_rvalue_reference_type:
      return offset == 0 ? pointer(type, trail) : at_end(WordKind::unknown, trail);
    case DW_TAG_array_type:
      return in_array(type, offset, std::move(trail), depth);
    case DW_TAG_base_type:
    case DW_TAG_enumeration_type:
    case DW_TAG_ptr_to_member_type:
    case DW_TAG_unspecified_type:
      return no_slot();
    default:
      return at_end(WordKind::unknown, trail);
  }
}

FoundWord WordFinder::pointer(const Dwarf_Die& type, const Trail& trail) {
  const std::optional<Dwarf_Die> target = dwarf::type_of(type);
  if (const auto link = trail.nodes && target ? link_to(*target) : std::nullopt) {
    FoundWord word = at_end(*link, trail, trail.handle);
    word.nodes = trail.nodes;
    return word;
  }
  const std::optional<Dwarf_Die> definition =
      target && dwarf::is_class(*target) ? info_.definition_of(*target) : std::nullopt;
  FoundWord word =
      at_end(WordKind::pointer, trail, trail.handle.empty() ? info_.type_name(type) : trail.handle);
  if (!definition) {
    word.kind = WordKind::not_a_slot;  // what it leads to has no type, but the way there has its name
  }
  word.element = definition;
  return word;
}

// What a pointer among a container's own members is to: one of its nodes, or an array of
// pointers to them. By the node's class; the comparison or hash function has pointers too.
std::optional<WordKind> WordFinder::link_to(const Dwarf_Die& pointee) {
  const auto is_node = [&](const Dwarf_Die& type) {
    if (!dwarf::is_class(type)) {
      return false;
    }
    const std::string& name = info_.qualified_name(type);
    return name.starts_with("std::") && without_arguments(name).find("node") != std::string::npos;
  };
  if (is_node(pointee)) {
    return WordKind::link;
  }
  Dwarf_Die copy = pointee;
  const auto behind =
      dwarf_tag(&copy) == DW_TAG_pointer_type ? dwarf::type_of(pointee) : std::optional<Dwarf_Die>();
  return behind && is_node(*behind) ? std::optional(WordKind::link_array) : std::nullopt;
}

FoundWord WordFinder::in_array(const Dwarf_Die& array, std::uint64_t offset, Trail trail, int depth) {
  const std::optional<Dwarf_Die> element = dwarf::type_of(array);
  const std::uint64_t size = element ? layouts_.size_of(*element) : 0;
  Dwarf_Die copy = array;
  if (size == 0 || dwarf::has(copy, DW_AT_byte_stride)) {
    return at_end(WordKind::unknown, trail);
  }
  Dwarf_Die kind = *element;
  if (size == 1 && dwarf_tag(&kind) != DW_TAG_structure_type) {
    // Raw bytes: a name, or memory in which somebody builds objects.
    return at_end(WordKind::unknown, trail, info_.type_name(array));
  }
  if (offset % size + kWord > size) {
    return no_slot();  // several small elements, or the border between two: no handle starts here
  }
  std::uint64_t index = offset / size;
  std::string subscripts;
  const std::vector<std::uint64_t> bounds = dwarf::array_bounds(array);
  for (std::size_t i = bounds.size(); i-- > 0;) {
    const bool outermost = i == 0;
    if (bounds[i] == 0 && !outermost) {
      return at_end(WordKind::unknown, trail);
    }
    subscripts.insert(0, "[" + std::to_string(outermost ? index : index % bounds[i]) + "]");
    index = outermost ? index : index / bounds[i];
  }
  if (bounds.empty() || (bounds[0] != 0 && index >= bounds[0])) {
    return at_end(WordKind::unknown, trail);
  }
  if (is_raw_memory(*element)) {
    return at_end(WordKind::unknown, trail, info_.type_name(array));
  }
  trail.path += subscripts;
  return in_type(*element, offset % size, std::move(trail), depth - 1);
}

FoundWord WordFinder::in_class(const ClassLayout& layout, std::uint64_t offset, Trail trail, int depth) {
  if (offset >= layout.size || layout.size - offset < kWord) {
    FoundWord word = offset < layout.size ? no_slot() : at_end(WordKind::unknown, trail);
    word.covered = false;
    return word;
  }
  if (layout.role != ClassRole::buffer) {
    trail.makes_at_once = makes_at_once(layout);
  }
  switch (layout.role) {
    case ClassRole::strong_handle:
    case ClassRole::weak_handle:
      return in_handle(layout.name, layout.role, offset, trail);
    case ClassRole::counted_handle:
      return in_counted_handle(layout, offset, trail, depth);
    case ClassRole::atomic_handle: {
      // g++ gives this class no template arguments but in its name.
      const TemplateName parts = split_template(layout.name);
      const std::string handle = parts.arguments.empty() ? layout.name : parts.arguments.front();
      return in_handle(handle, role_of(handle), offset, trail);
    }
    case ClassRole::no_handles:
      return no_slot();
    case ClassRole::opaque:
      return at_end(WordKind::unknown, trail, layout.name);
    case ClassRole::vector:
      return in_vector(layout, offset, trail);
    case ClassRole::buffer: {
      const std::optional<Dwarf_Die> object = dwarf::template_type(layout.die, 0);
      const bool made = trail.makes_at_once;
      FoundWord word = object ? in_type(*object, offset, std::move(trail), depth - 1)
                              : at_end(WordKind::unknown, trail);
      word.may_be_unmade = word.may_be_unmade || !made;
      return word;
    }
    case ClassRole::deque:
      return in_deque(layout, offset, trail);
    case ClassRole::erased:
      return in_erased(layout, offset, std::move(trail), depth);
    case ClassRole::nodes:
      trail.nodes = nodes_of(layout);
      break;
    case ClassRole::bind:
      trail.bound = true;
      break;
    case ClassRole::invoker:
      trail.invoked = true;
      break;
    case ClassRole::foreign_control:
      return in_foreign_control(layout, offset, std::move(trail), depth);
    case ClassRole::container:
    case ClassRole::unique_ptr:
      trail.handle = layout.name;
      break;
    case ClassRole::tuple:
      trail.count_elements = trail.handle.empty();
      trail.owner = trail.bound || trail.invoked ? "" : layout.name;
      break;
    case ClassRole::control:
      trail.in_deleter_block = trail.in_deleter_block || layout.name.starts_with("std::_Sp_counted_deleter<");
      break;
    default:
      break;
  }
  return layout.is_union ? in_union(layout, offset, trail, depth) : in_members(layout, offset, trail, depth);
}

FoundWord WordFinder::in_members(const ClassLayout& layout, std::uint64_t offset, const Trail& trail,
                                 int depth) {
  FoundWord result = no_slot();
  result.covered = false;
  for (const Field& field : layout.fields) {
    if (field.offset >= offset + kWord) {
      break;
    }
    if (field.end > offset) {
      result = either(std::move(result), in_field(layout, field, offset, trail, depth));
    }
  }
  for (const Field& base : layout.virtual_bases) {
    if (!trail.in_base && base.offset < offset + kWord && base.end > offset) {
      result = either(std::move(result), in_field(layout, base, offset, trail, depth));
    }
  }
  if (!result.covered) {
    result = layout.has_virtual_base ? at_end(WordKind::unknown, trail) : no_slot();
    result.covered = false;
  }
  return result;
}

FoundWord WordFinder::in_union(const ClassLayout& layout, std::uint64_t offset, const Trail& trail,
                               int depth) {
  std::optional<FoundWord> result;
  bool several = false;  // alternatives that may be a handle, or lead to one
  for (const Field& field : layout.fields) {
    if (is_empty(field.type) || (field.size_known && field.end - field.offset < kWord)) {
      continue;  // std::optional's "nothing", and what is too small: it says nothing about the word
    }
    FoundWord word = field.end > offset ? in_field(layout, field, offset, trail, depth) : no_slot();
    word.covered = true;
    if (!result || result->kind == WordKind::not_a_slot) {
      result = std::move(word);
    } else if (word.kind != WordKind::not_a_slot) {
      result = either(std::move(*result), std::move(word));
      several = true;
    }
  }
  if (result && result->kind == WordKind::unknown && several) {
    // Alternatives that disagree: the names of the first would mislead.
    result = at_end(WordKind::unknown, trail, trail.path.empty() ? std::string() : layout.name);
  }
  if (result && result->kind != WordKind::not_a_slot) {
    result->may_be_dead = true;
  }
  return result ? *result : at_end(WordKind::unknown, trail);
}

bool WordFinder::is_empty(const Dwarf_Die& type) {
  if (!dwarf::is_class(type) || --steps_left_ <= 0) {
    return false;
  }
  const ClassLayout* layout = layouts_.layout_of(type);
  return layout != nullptr && layout->role == ClassRole::plain && layout->size <= 1 &&
         std::all_of(layout->fields.begin(), layout->fields.end(),
                     [&](const Field& field) { return field.is_base && is_empty(field.type); });
}

FoundWord WordFinder::in_field(const ClassLayout& layout, const Field& field, std::uint64_t offset,
                               Trail trail, int depth) {
  trail.in_base = field.is_base;
  if (field.is_base) {
    // A base is the object itself: no step. Its bytes between members may be the derived class's.
  } else if (layout.role == ClassRole::control && field.name == "_M_ptr") {
    return no_slot();  // the managed pointer: what the control block owns, not what it refers to
  } else {
    step(layout, field, trail);
  }
  if (!field.size_known) {
    return at_end(WordKind::unknown, trail, info_.type_name(field.type));
  }
  if (offset < field.offset || field.end < offset + kWord) {
    FoundWord word = no_slot();  // smaller than a word, or across two: no handle starts here
    word.covered = !field.is_base && !is_empty(field.type);
    return word;
  }
  FoundWord word = in_type(field.type, offset - field.offset, std::move(trail), depth - 1);
  word.covered = word.covered || !field.is_base;
  return word;
}

void WordFinder::step(const ClassLayout& layout, const Field& field, Trail& trail) {
  const bool first = trail.member.empty() || trail.prefix_only;
  if (layout.role == ClassRole::control_part) {
    const bool deleter = trail.in_deleter_block && layout.name.starts_with("std::_Sp_ebo_helper<0,");
    if (trail.path.empty()) {
      append("", deleter ? "deleter" : "allocator", trail);
      trail.prefix_only = true;
    }
    return;
  }
  if (layout.role == ClassRole::tuple_element) {
    const TemplateName parts = split_template(layout.name);
    if (trail.count_elements && !parts.arguments.empty()) {
      const std::string& number = parts.arguments.front();
      if (trail.invoked) {
        if (number != "0") append("", "bound argument " + number, trail);
        trail.invoked = false;
      } else if (trail.bound) {
        // Counted from 1, like the placeholders.
        append("", "bound argument " + std::to_string(std::atoi(number.c_str()) + 1), trail);
      } else {
        append(trail.owner, "get<" + number + ">", trail);
      }
    }
  } else if (layout.role == ClassRole::bound && field.name.size() > 2) {
    append("", "bound argument " + field.name.substr(1, field.name.size() - 2), trail);  // a1_
  } else if (field.name.empty()) {
    trail.owner = trail.owner.empty() ? layout.name : trail.owner;  // an anonymous struct or union
    return;
  } else if (layout.of_library && field.name == "_M_result") {
    append("", "result", trail);  // what a future's shared state keeps for who asks: no member of the program's
    if (first) trail.member.clear();
  } else if (layout.role == ClassRole::container ||
             (layout.of_library && field.name.starts_with('_') && field.name != "_M_weak_this" &&
              field.name != "__weak_this_")) {
    return;
  } else if (layout.is_closure) {
    const std::string name = "captured " + field.name;
    trail.path += trail.path.empty() ? name : " -> " + name;
    trail.member = first ? trail.path : trail.member;
    trail.prefix_only = false;
  } else {
    append(trail.owner.empty() ? layout.name : trail.owner, field.name, trail);
  }
  if (first && !trail.member.empty()) {
    trail.declared = info_.type_name(field.type);
    trail.file = info_.declared_in(field.declaration);
    const auto line = dwarf::number(field.declaration, DW_AT_decl_line);
    trail.line = line && *line < 0x7fffffff ? static_cast<int>(*line) : 0;
  }
  trail.owner.clear();
  trail.count_elements = false;
}

void WordFinder::append(const std::string& owner, const std::string& name, Trail& trail) {
  const bool root = trail.path.empty();
  if (root) {
    trail.path = owner.empty() ? name : owner + "::" + name;
  } else {
    trail.path += "." + name;
  }
  if (root || trail.prefix_only) {
    trail.member = trail.path;
    trail.prefix_only = false;
  }
  trail.handle.clear();
}

}  // namespace gordian
