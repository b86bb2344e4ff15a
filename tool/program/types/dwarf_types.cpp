// dwarf_types.cpp - see dwarf_types.h.
#include "program/types/dwarf_types.h"

#include <algorithm>

#include "program/types/coroutine_frame.h"
#include "program/types/erased_code.h"
#include "program/names/names.h"

namespace gordian {
namespace {

// Words kept for the next time. Past it they are found anew: slower, in bounded memory.
constexpr std::size_t kMostWords = 1u << 20;

// What a class's own functions have in their symbols: `3ns4Tree` of `N3ns4TreeE`.
std::string mangled_body(std::string_view type_name) {
  if (type_name.starts_with('*')) {
    type_name.remove_prefix(1);
  }
  if (type_name.starts_with('N') && type_name.ends_with('E')) {
    type_name.remove_prefix(1);
    type_name.remove_suffix(1);
  }
  return std::string(type_name);
}

}  // namespace

TypeId DwarfTypes::id_of(const Dwarf_Die& type) {
  const auto known = ids_.find(dwarf::identity(type));
  if (known != ids_.end()) {
    return known->second;
  }
  types_.push_back({type, layouts_.size_of(type), {}, {}});
  const auto id = static_cast<TypeId>(types_.size());
  ids_.emplace(dwarf::identity(type), id);
  return id;
}

// The class's own, and what it inherits.
std::vector<std::uint64_t> DwarfTypes::functions_of(std::uint32_t vtable) const {
  std::vector<std::uint64_t> addresses;
  for (const std::uint64_t function : snapshot_.vtables[vtable].functions) {
    if (function != 0 && std::find(addresses.begin(), addresses.end(), function) == addresses.end()) {
      addresses.push_back(function);
    }
  }
  return addresses;
}

const std::string& DwarfTypes::class_name(std::uint32_t vtable) {
  const auto known = class_names_.find(vtable);
  if (known != class_names_.end()) {
    return known->second;
  }
  const Vtable& row = snapshot_.vtables[vtable];
  std::string name = demangle_type(row.mangled_name);
  if (name.empty() && row.mangled_name.empty()) {
    // -fno-rtti. The vptr points past the offset to top and the empty type_info.
    constexpr std::string_view kPrefix = "vtable for ";
    ModuleFile* module = info_.module_at(row.address);
    name = module != nullptr ? demangle_symbol(module->symbol_at(row.address - 8)) : "";
    name = name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : "";
  }
  return class_names_.emplace(vtable, tidy_name(name)).first->second;
}

NameMatch DwarfTypes::match(const Dwarf_Die& function, const Dwarf_Die& candidate, std::uint32_t vtable) {
  const std::string& type_info = snapshot_.vtables[vtable].mangled_name;
  const std::string symbol = dwarf::linkage_name(function);
  if (!symbol.empty() && !type_info.empty() && symbol.find(mangled_body(type_info)) != std::string::npos) {
    return NameMatch::same;
  }
  const NameMatch names = match_names(class_name(vtable), info_.qualified_name(candidate));
  // A symbol of another class means folded code, and then a likely name is not good enough.
  return names == NameMatch::possible && !symbol.empty() ? NameMatch::different : names;
}

std::optional<Dwarf_Die> DwarfTypes::control_class(std::uint32_t vtable) {
  std::optional<Dwarf_Die> found;
  NameMatch how_well = NameMatch::different;
  std::uint64_t bytes = 0;  // of the function that told
  bool several = false;
  const bool named = !class_name(vtable).empty();
  for (const std::uint64_t address : functions_of(vtable)) {
    const auto place = info_.place_of(address);
    if (!place || !place->function) {
      continue;
    }
    const Dwarf_Die declared = dwarf::declaration_of(*place->function);
    const auto scope = info_.unit_of(declared).scope_of(declared);
    const auto type = scope && dwarf::is_class(*scope) ? info_.definition_of(*scope) : std::nullopt;
    const NameMatch names = !type   ? NameMatch::different
                            : named ? match(*place->function, *type, vtable)
                                    : NameMatch::possible;
    if (names == NameMatch::different || names < how_well) {
      continue;  // the linker or the compiler has folded it with another class's function
    }
    // Each object file that uses a class has a definition of its own, and the linker may have
    // taken one function from one and the next from another: by the same name, one class.
    const bool one_class =
        found && (dwarf::identity(*found) == dwarf::identity(*type) ||
                  (names == NameMatch::same && dwarf::size_of(*found) == dwarf::size_of(*type)));
    const bool as_well = names == how_well && found;
    // Or one in each file's unnamed namespace: functions of two of these are folded where they are short.
    if (as_well && one_class && place->bytes <= bytes) {
      continue;
    }
    several = as_well && (several || !one_class);
    how_well = names;
    found = type;
    bytes = place->bytes;
  }
  // Classes that the names do not tell apart (closures of one function; any, without RTTI and
  // symbols): folded code could have come from each.
  if (several) {
    return std::nullopt;
  }
  return found || !named
             ? found
             : info_.class_named(class_name(vtable), functions_of(vtable), snapshot_.vtables[vtable].address);
}

// What an allocator allocates: its template argument. g++ gives std::allocator<T> none,
// only its base.
std::optional<Dwarf_Die> DwarfTypes::allocated_type(const Dwarf_Die& allocator) {
  const ClassLayout* layout = dwarf::is_class(allocator) ? layouts_.layout_of(allocator) : nullptr;
  std::optional<Dwarf_Die> type = layout != nullptr ? dwarf::template_type(layout->die, 0) : std::nullopt;
  for (std::size_t i = 0; layout != nullptr && !type && i < layout->fields.size(); ++i) {
    if (layout->fields[i].is_base) {
      type = dwarf::template_type(layout->fields[i].type, 0);
    }
  }
  return type;
}

std::optional<Dwarf_Die> DwarfTypes::managed_class(const Dwarf_Die& control) {
  std::optional<Dwarf_Die> first = dwarf::template_type(control, 0);
  if (!first) {
    return std::nullopt;
  }
  const std::string name = without_arguments(info_.qualified_name(control));
  if (name == "std::_Sp_counted_ptr" || name == "std::_Sp_counted_deleter" ||
      name == "std::__shared_ptr_pointer" || name == "boost::detail::sp_counted_impl_pd" ||
      name == "boost::detail::sp_counted_impl_pda") {
    Dwarf_Die copy = *first;
    first = dwarf_tag(&copy) == DW_TAG_pointer_type ? dwarf::type_of(*first) : std::nullopt;
  } else if (name == "std::_Sp_counted_array") {
    first = allocated_type(*first);
  } else if (name != "std::_Sp_counted_ptr_inplace" && name != "std::__shared_ptr_emplace" &&
             name != "boost::detail::sp_counted_impl_p") {
    return std::nullopt;
  }
  return first && dwarf::is_class(*first) ? info_.definition_of(*first) : first;
}

ControlType DwarfTypes::read_control(std::uint32_t vtable) {
  ControlType result;
  result.managed_name = managed_type_name(class_name(vtable));
  const std::optional<Dwarf_Die> control = control_class(vtable);
  if (!control) {
    note_unknown(vtable);
    return result;
  }
  result.control = id_of(*control);
  if (result.managed_name.empty()) {
    result.managed_name = managed_type_name(info_.qualified_name(*control));
  }
  if (const std::optional<Dwarf_Die> managed = managed_class(*control)) {
    result.managed = id_of(*managed);
    Type& type = types_[static_cast<std::size_t>(result.managed) - 1];
    const bool array = result.managed_name.ends_with("[]");
    if (type.name.empty() && !array && is_closure(*managed)) {
      type.name = result.managed_name;  // debug info has no name for it
    }
  }
  return result;
}

ControlType DwarfTypes::control_type(std::uint32_t vtable) {
  if (vtable >= snapshot_.vtables.size()) {
    return {};
  }
  const auto known = controls_.find(vtable);
  return known != controls_.end() ? known->second
                                  : controls_.emplace(vtable, read_control(vtable)).first->second;
}

TypeId DwarfTypes::dynamic_type(std::uint32_t vtable) {
  if (vtable >= snapshot_.vtables.size()) {
    return TypeId::none;
  }
  const auto known = dynamic_.find(vtable);
  if (known != dynamic_.end()) {
    return known->second;
  }
  TypeId type = TypeId::none;
  const std::string& name = class_name(vtable);
  auto found =
      name.empty() ? std::nullopt : info_.class_named(name, functions_of(vtable), snapshot_.vtables[vtable].address);
  if (!found && !name.empty()) {
    found = control_class(vtable);  // a name that holds a closure's: its functions tell
  }
  if (found) {
    type = id_of(*found);
  } else {
    note_unknown(vtable);
  }
  dynamic_.emplace(vtable, type);
  return type;
}

std::string DwarfTypes::dynamic_name(std::uint32_t vtable) {
  return vtable < snapshot_.vtables.size() ? class_name(vtable) : std::string();
}

void DwarfTypes::note_unknown(std::uint32_t vtable) {
  if (ModuleFile* module = info_.module_at(snapshot_.vtables[vtable].address); module != nullptr) {
    module->debug();
    module->note_missing_class();
  }
}

std::string DwarfTypes::name(TypeId type) {
  const auto index = static_cast<std::size_t>(type);
  if (index == 0 || index > types_.size()) {
    return {};
  }
  std::string& known = types_[index - 1].name;
  if (known.empty()) {
    const std::string found = info_.type_name(types_[index - 1].die);
    types_[index - 1].name = found;
  }
  return types_[index - 1].name;
}

std::uint64_t DwarfTypes::size(TypeId type) {
  const auto index = static_cast<std::size_t>(type);
  return index == 0 || index > types_.size() ? 0 : types_[index - 1].size;
}

Word DwarfTypes::word_at(TypeId type, std::uint64_t offset) {
  const std::uint64_t bytes = size(type);
  if (offset >= bytes) {
    return {};
  }
  const auto known = words_.find({type, offset});
  if (known != words_.end()) {
    return known->second;
  }
  Word word = find_word(type, offset);
  if (words_.size() < kMostWords) {
    words_.emplace(Place{type, offset}, word);
  }
  return word;
}

TypeId DwarfTypes::node_type(const FoundNodes& nodes) {
  const auto [known, is_new] = nodes_.try_emplace(dwarf::identity(nodes.container), TypeId::none);
  const std::uint64_t value_size = is_new ? layouts_.size_of(nodes.value) : 0;
  if (value_size != 0) {
    const auto alignment = static_cast<std::uint32_t>(layouts_.alignment_of(nodes.value));
    FoundNodes placed = nodes;
    placed.shape.value_at = (nodes.shape.value_at + alignment - 1) / alignment * alignment;
    placed.behind = nodes.shape.hash_behind ? std::max(8u, alignment) : 7u;
    types_.push_back({nodes.value, placed.shape.value_at + value_size, {}, placed});
    known->second = static_cast<TypeId>(types_.size());
  }
  return known->second;
}

std::optional<std::uint32_t> DwarfTypes::vtable_at(std::uint64_t address) {
  if (vtables_.empty()) {
    for (std::uint32_t row = 0; row < snapshot_.vtables.size(); ++row) {
      vtables_.emplace(snapshot_.vtables[row].address, row);
    }
  }
  const auto found = vtables_.find(address);
  return found != vtables_.end() ? std::optional(found->second) : std::nullopt;
}

// A class has one virtual table for itself and one for each base further on, all of one name.
// The first says that the object starts where its vptr lies.
std::optional<std::uint64_t> DwarfTypes::vtable_word(const std::string& class_name, std::uint64_t distance) {
  constexpr std::uint64_t kOffsetToTop = 16;  // before the address point
  const auto word_before = [&](std::uint64_t vtable, std::uint64_t bytes) {
    ModuleFile* module = info_.module_at(vtable);
    return module != nullptr ? module->word_at(vtable - bytes) : std::nullopt;
  };
  if (own_vtables_.empty()) {
    for (std::uint32_t row = 0; row < snapshot_.vtables.size(); ++row) {
      const std::uint64_t address = snapshot_.vtables[row].address;
      if (!snapshot_.vtables[row].mangled_name.empty() && word_before(address, kOffsetToTop) == 0) {
        own_vtables_.emplace(this->class_name(row), address);
      }
    }
  }
  const auto own = own_vtables_.find(class_name);
  return own != own_vtables_.end() ? word_before(own->second, distance) : std::nullopt;
}

// What lies at `code` is a function that is made for the stored type, a table of such
// functions, or the vtable of a class that wraps it.
TypeId DwarfTypes::read_erased(std::uint64_t code) {
  constexpr std::uint64_t kTag = 1;  // boost::function marks pointers to its tables
  const auto table = vtable_at(code & ~kTag);
  if (!table) {
    const auto type = stored_type_of(info_, code);
    return type ? id_of(*type) : TypeId::none;
  }
  if (!snapshot_.vtables[*table].mangled_name.empty()) {
    return dynamic_type(*table);
  }
  for (const std::uint64_t function : functions_of(*table)) {
    if (const auto type = stored_type_of(info_, function)) {
      return id_of(*type);
    }
  }
  return TypeId::none;
}

TypeId DwarfTypes::erased_type(std::uint64_t code) {
  const auto known = erased_.find(code);
  return known != erased_.end() ? known->second : erased_.emplace(code, read_erased(code)).first->second;
}

TypeId DwarfTypes::operation_type(std::uint64_t code) {
  const auto [known, is_new] = operations_.try_emplace(code, TypeId::none);
  if (is_new) {
    const auto operation = operation_of(info_, code);
    known->second = operation ? id_of(*operation) : TypeId::none;
  }
  return known->second;
}

TypeId DwarfTypes::thrown_type(std::uint64_t type_info) {
  const auto [known, is_new] = thrown_.try_emplace(type_info, TypeId::none);
  if (is_new) {
    constexpr std::string_view kPrefix = "typeinfo for ";
    ModuleFile* module = info_.module_at(type_info);
    const std::string symbol = module != nullptr ? demangle_symbol(module->symbol_at(type_info)) : "";
    if (symbol.starts_with(kPrefix)) {
      const auto thrown = info_.class_named(tidy_name(symbol.substr(kPrefix.size())), {}, type_info);
      known->second = thrown ? id_of(*thrown) : TypeId::none;
    }
  }
  return known->second;
}

TypeId DwarfTypes::coroutine_frame(std::uint64_t code) {
  const auto [known, is_new] = frames_.try_emplace(code, TypeId::none);
  if (is_new) {
    const auto frame = coroutine_frame_of(info_, code);
    known->second = frame ? id_of(*frame) : TypeId::none;
  }
  return known->second;
}

bool DwarfTypes::add_count(TypeId type, const Member& count, std::optional<std::uint64_t>& found) {
  for (const auto& place : layouts_.find_member(types_[static_cast<std::size_t>(type) - 1].die, count)) {
    if (found && *found != place.offset) {
      found.reset();
      return false;
    }
    found = place.offset;
  }
  return true;
}

std::optional<std::uint64_t> DwarfTypes::count_offset(TypeId type, std::uint32_t family) {
  const auto index = static_cast<std::size_t>(type);
  std::optional<std::uint64_t> found;
  if (index == 0 || index > types_.size() || family >= families_.size()) {
    return found;
  }
  for (const Member& count : families_[family].counts) {
    if (!add_count(type, count, found)) break;
  }
  return found;
}

std::optional<std::uint64_t> DwarfTypes::count_offset(TypeId type) {
  const auto index = static_cast<std::size_t>(type);
  std::optional<std::uint64_t> found;
  for (std::uint32_t family = 0; index != 0 && index <= types_.size() && family < families_.size(); ++family) {
    for (const Member& count : families_[family].counts) {
      if (!count.owner.empty() && !add_count(type, count, found)) return found;
    }
  }
  return found;
}

Word DwarfTypes::find_word_of_node(TypeId type, std::uint64_t offset) {
  const FoundNodes nodes = *types_[static_cast<std::size_t>(type) - 1].nodes;
  Word word;
  if (offset < nodes.shape.value_at) {
    const bool link = std::any_of(nodes.shape.links.begin(), nodes.shape.links.end(), [&](int at) {
      return at >= 0 && static_cast<std::uint64_t>(at) == offset;
    });
    word.kind = link ? WordKind::link : WordKind::not_a_slot;
    if (link) {
      word.element = type;
      word.element_size = size(type);
      word.behind = nodes.behind;
    }
    return word;
  }
  word = word_at(id_of(nodes.value), offset - nodes.shape.value_at);
  if (word.kind == WordKind::not_a_slot && word.path.empty()) {
    return word;
  }
  std::string field = word.path;
  if (const auto colons = word.member.rfind("::");
      colons != std::string::npos && field.starts_with(word.member.substr(0, colons))) {
    field.erase(0, colons + 2);
  }
  const bool closure = field.starts_with("captured ");
  word.path = nodes.map ? "" : "[]";
  if (nodes.map && field.starts_with("first")) {
    word.path = ".key" + field.substr(5);
  } else if (nodes.map && field.starts_with("second")) {
    word.path = "[key]" + field.substr(6);
  } else if (!field.empty()) {
    word.path += (closure ? " -> " : ".") + field;
  }
  return word;
}

Word DwarfTypes::find_word(TypeId type, std::uint64_t offset) {
  if (types_[static_cast<std::size_t>(type) - 1].nodes) {
    return find_word_of_node(type, offset);
  }
  FoundWord found = finder_.find(types_[static_cast<std::size_t>(type) - 1].die, offset);
  Word word;
  word.kind = found.kind;
  word.member = std::move(found.member);
  word.declared = std::move(found.declared);
  word.path = std::move(found.path);
  word.type = std::move(found.type);
  word.file = std::move(found.file);
  word.line = found.line;
  if (found.element) {
    word.element = id_of(*found.element);
    word.element_size = size(word.element);
  }
  if (found.nodes) {
    word.element = node_type(*found.nodes);
    word.element_size = size(word.element);
    if (word.element != TypeId::none) word.behind = types_[static_cast<std::size_t>(word.element) - 1].nodes->behind;
  }
  word.erased = found.erased;
  word.family = found.family;
  word.managed = found.managed ? id_of(*found.managed) : TypeId::none;
  word.managed_at = found.managed_at;
  word.may_be_dead = found.may_be_dead;
  word.may_be_unmade = found.may_be_unmade;
  return word;
}

}  // namespace gordian
