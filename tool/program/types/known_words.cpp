// known_words.cpp - the words of handles, of containers and of what keeps an erased object: their layouts are known, and are not
// followed member by member.
#include "program/names/names.h"
#include "program/types/word_finder.h"

namespace gordian {

FoundWord WordFinder::in_handle(const std::string& name, ClassRole role, std::uint64_t offset,
                                const Trail& trail) {
  const bool strong = role == ClassRole::strong_handle;
  if (offset > kWord || (!strong && role != ClassRole::weak_handle)) {
    return at_end(WordKind::unknown, trail, name);
  }
  return offset == 0 ? no_slot()
                     : at_end(strong ? WordKind::strong_handle : WordKind::weak_handle, trail, name);
}

// The rest of such a handle is small change: a tag, an empty deleter.
FoundWord WordFinder::in_counted_handle(const ClassLayout& layout, std::uint64_t offset, const Trail& trail,
                                        int depth) {
  const HandleFamily& family = families_[layout.family];
  const auto places = layouts_.find_member(layout.die, {"", family.pointer, {}});
  const auto objects = layouts_.find_member(layout.die, {"", family.object, {}});
  const bool apart = !family.object.empty();
  if (places.size() != 1 || (apart && objects.size() != 1)) {
    // Not the class that the row means. A row that is built in is about a library's: anybody may have a
    // RefPtr.
    return families_.is_own(layout.family) ? at_end(WordKind::unknown, trail, layout.name)
                                           : in_members(layout, offset, trail, depth);
  }
  if (offset != places.front().offset) {
    return no_slot();
  }
  Dwarf_Die pointer = places.front().type;
  const auto target = dwarf_tag(&pointer) == DW_TAG_pointer_type ? dwarf::type_of(pointer) : std::nullopt;
  const auto object = dwarf::template_type(layout.die, 0);
  // vtkSmartPointer's pointer is to the base of all classes; its argument knows better.
  const auto pointee = object && dwarf::is_class(*object) && !apart ? object : target;
  FoundWord word = at_end(WordKind::counted_handle, trail, layout.name);
  if (pointee && dwarf::is_class(*pointee)) {
    word.element = info_.definition_of(*pointee);
  }
  if (apart) {
    word.managed = object && dwarf::is_class(*object) ? info_.definition_of(*object) : object;
    word.managed_at = static_cast<std::int32_t>(static_cast<std::int64_t>(objects.front().offset) -
                                                static_cast<std::int64_t>(places.front().offset));
  }
  if (!word.element || (apart && !word.managed)) {
    word.kind = WordKind::unknown;
  }
  word.family = layout.family;
  return word;
}

FoundWord WordFinder::in_vector(const ClassLayout& layout, std::uint64_t offset, const Trail& trail) {
  const std::optional<Dwarf_Die> element = dwarf::template_type(layout.die, 0);
  const bool of_bool = layout.name.starts_with("std::vector<bool");
  if (of_bool) {
    return no_slot();
  }
  if (!element || layout.size != 3 * kWord) {
    return at_end(WordKind::unknown, trail, layout.name);  // an allocator with members lies in front
  }
  if (offset != 0) {
    return no_slot();
  }
  FoundWord word = at_end(WordKind::vector_begin, trail, layout.name);
  word.element = dwarf::is_class(*element) ? info_.definition_of(*element) : element;
  return word;
}

FoundWord WordFinder::in_deque(const ClassLayout& layout, std::uint64_t offset, const Trail& trail) {
  constexpr std::uint64_t kGnu = 10 * kWord;  // without members in the allocator
  constexpr std::uint64_t kLlvm = 6 * kWord;
  const std::optional<Dwarf_Die> element = dwarf::template_type(layout.die, 0);
  if (!element || (layout.size != kGnu && layout.size != kLlvm)) {
    return at_end(WordKind::unknown, trail, layout.name);
  }
  const bool gnu = layout.size == kGnu;
  const bool begin = offset == (gnu ? 0 : kWord);
  // All its pointers lead to elements, and are called what the first one is.
  FoundWord word = at_end(!begin ? WordKind::link
                          : gnu  ? WordKind::deque_begin
                                 : WordKind::buffers_begin,
                          trail, layout.name);
  if (begin) {
    word.element = dwarf::is_class(*element) ? info_.definition_of(*element) : element;
  }
  return word;
}

FoundWord WordFinder::in_erased(const ClassLayout& layout, std::uint64_t offset, Trail trail, int depth) {
  const ErasedForm* form = erased_form_of(layout.name, layout.size);
  trail.handle = trail.handle.empty() ? layout.name : trail.handle;
  if (form == nullptr) {
    return at_end(WordKind::unknown, trail, trail.handle);
  }
  const ErasedPlace& place = form->place;
  if (place.self >= 0 && offset == form->buffer + static_cast<std::uint64_t>(place.self)) {
    return in_members(layout, offset, trail, depth);
  }
  if (offset < form->buffer || offset - form->buffer >= place.room) {
    return no_slot();
  }
  FoundWord word = at_end(WordKind::erased, trail, trail.handle);
  word.erased = place;
  word.erased.at = static_cast<std::uint32_t>(offset - form->buffer);
  return word;
}

std::optional<FoundNodes> WordFinder::nodes_of(const ClassLayout& container) {
  FoundNodes nodes;
  nodes.container = container.die;
  nodes.shape = node_shape_of(container.name);
  const auto key = dwarf::template_type(container.die, 0);
  const auto value = dwarf::template_type(container.die, nodes.shape.value_argument);
  if (!key || !value) {
    return std::nullopt;
  }
  nodes.value = *value;
  const std::string name = info_.type_name(*value);
  const bool wrapped = name.starts_with("std::__value_type<") || name.starts_with("std::__hash_value_type<");
  nodes.map = wrapped || (nodes.shape.value_argument != 0 && info_.type_name(*key) != name);
  return nodes;
}

}  // namespace gordian
