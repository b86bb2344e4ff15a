// foreign_control.cpp - the words of libc++'s and boost's control blocks.
//
// libstdc++'s can be read member by member. In these two the members say less: an object
// in place is raw bytes, and the deleter and the allocator hide in a compressed pair.
//
//   libc++  __shared_ptr_emplace<T, A>     counts, A unless empty, T          to the end
//           __shared_ptr_pointer<P, D, A>  counts, P, D unless empty, A unless empty
//   boost   sp_counted_impl_p<T>           counts, T*
//           sp_counted_impl_pd<P, D>       counts, P, D
//           sp_counted_impl_pda<P, D, A>   likewise, then A
//           sp_ms_deleter<T>, sp_as_deleter<T, A>   a D with T in its member storage_
#include "program/names/names.h"
#include "program/types/word_finder.h"

namespace gordian {
namespace {

const Field* field_named(const ClassLayout& layout, std::string_view name) {
  for (const Field& field : layout.fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

FoundWord word_of_kind(WordKind kind) {
  FoundWord word;
  word.kind = kind;
  return word;
}

}  // namespace

FoundWord WordFinder::in_foreign_control(const ClassLayout& layout, std::uint64_t offset, Trail trail,
                                         int depth) {
  const std::string name = without_arguments(layout.name);
  if (name == "std::__shared_ptr_emplace") return in_emplaced(layout, offset, std::move(trail), depth);
  if (name == "std::__shared_ptr_pointer") return in_pointing(layout, offset, std::move(trail), depth);
  if (name == "boost::detail::sp_ms_deleter" || name == "boost::detail::sp_as_deleter") {
    const Field* storage = field_named(layout, "storage_");
    const std::optional<Dwarf_Die> object = dwarf::template_type(layout.die, 0);
    if (storage == nullptr || !object || offset < storage->offset || offset >= storage->end) {
      return word_of_kind(WordKind::unknown);
    }
    return in_type(*object, offset - storage->offset, std::move(trail), depth - 1);
  }
  for (const Field& field : layout.fields) {
    if (field.is_base || offset < field.offset || field.end < offset + kWord) continue;
    if (field.name != "del" && field.name != "d_" && field.name != "a_") break;  // the managed pointer
    const bool in_place =
        dwarf::is_class(field.type) && role_of(info_.qualified_name(field.type)) == layout.role;
    if (!in_place) name_part(field.name == "a_" ? "allocator" : "deleter", trail);
    return in_type(field.type, offset - field.offset, std::move(trail), depth - 1);
  }
  return word_of_kind(WordKind::not_a_slot);  // vptr, counts and pointer; borders
}

// T ends where the storage ends: whether the allocator takes room or not.
FoundWord WordFinder::in_emplaced(const ClassLayout& layout, std::uint64_t offset, Trail trail, int depth) {
  const Field* storage = field_named(layout, "__storage_");
  const std::optional<Dwarf_Die> object = dwarf::template_type(layout.die, 0);
  if (storage == nullptr || !object) return word_of_kind(WordKind::unknown);
  if (offset < storage->offset) return word_of_kind(WordKind::not_a_slot);
  const std::uint64_t size = layouts_.size_of(*object);
  if (size == 0 || size > storage->end - storage->offset) return word_of_kind(WordKind::unknown);
  const std::uint64_t start = storage->end - size;
  if (offset < start) {
    name_part("allocator", trail);
    const std::optional<Dwarf_Die> allocator = dwarf::template_type(layout.die, 1);
    return allocator ? in_type(*allocator, offset - storage->offset, std::move(trail), depth - 1)
                     : word_of_kind(WordKind::unknown);
  }
  return in_type(*object, offset - start, std::move(trail), depth - 1);
}

FoundWord WordFinder::in_pointing(const ClassLayout& layout, std::uint64_t offset, Trail trail, int depth) {
  const Field* data = field_named(layout, "__data_");
  const std::optional<Dwarf_Die> deleter = dwarf::template_type(layout.die, 1);
  const std::optional<Dwarf_Die> allocator = dwarf::template_type(layout.die, 2);
  if (data == nullptr || !deleter || !allocator) return word_of_kind(WordKind::unknown);
  if (offset < data->offset + kWord) return word_of_kind(WordKind::not_a_slot);
  const std::uint64_t in_data = offset - data->offset - kWord;
  const std::uint64_t room = data->end - data->offset - kWord;
  const std::uint64_t deleter_size =
      is_empty(*deleter) ? 0 : (layouts_.size_of(*deleter) + kWord - 1) / kWord * kWord;
  const std::uint64_t allocator_size = is_empty(*allocator) ? 0 : layouts_.size_of(*allocator);
  // Over-aligned or packed otherwise than we think: then nothing is said.
  if (room != deleter_size + allocator_size) return word_of_kind(WordKind::unknown);
  const bool of_deleter = in_data < deleter_size;
  name_part(of_deleter ? "deleter" : "allocator", trail);
  return of_deleter ? in_type(*deleter, in_data, std::move(trail), depth - 1)
                    : in_type(*allocator, in_data - deleter_size, std::move(trail), depth - 1);
}

void WordFinder::name_part(const std::string& part, Trail& trail) {
  if (!trail.path.empty()) return;
  append("", part, trail);
  trail.prefix_only = true;
}

}  // namespace gordian
