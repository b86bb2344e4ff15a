// dwarf_types.h - the type model of a real program, from its DWARF, RTTI and symbols.
//
// A control block says what it manages by its vtable: the functions in it lie in the
// class's own unit of debug info, its type_info carries the class's name. From the
// class, its template arguments and members say the rest. No index of names is needed
// for that; one is built only where a type is merely declared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "program/dwarf/debug_info.h"
#include "program/names/names.h"
#include "program/types/class_layout.h"
#include "program/types/construction.h"
#include "program/types/type_model.h"
#include "program/types/word_finder.h"

namespace gordian {

class DwarfTypes : public TypeModel {
 public:
  // All must outlive the object. Reads nothing yet.
  DwarfTypes(const Snapshot& snapshot, DebugInfo& info, const Families& families)
      : snapshot_(snapshot),
        info_(info),
        families_(families),
        layouts_(
            info, families,
            [this](const std::string& name, std::uint64_t distance) { return vtable_word(name, distance); }),
        finder_(info, families, layouts_),
        constructions_(info) {}

  std::optional<Variable> variable_at(std::uint64_t address) override;
  ControlType control_type(std::uint32_t vtable) override;
  TypeId dynamic_type(std::uint32_t vtable) override;
  TypeId erased_type(std::uint64_t code) override;
  TypeId operation_type(std::uint64_t code) override;
  TypeId thrown_type(std::uint64_t type_info) override;
  TypeId coroutine_frame(std::uint64_t code) override;
  std::optional<std::uint64_t> count_offset(TypeId type, std::uint32_t family) override;
  std::optional<std::uint64_t> count_offset(TypeId type) override;
  std::vector<CountedClass> counted_classes() override;
  std::vector<TypeId> allocated_by(std::span<const std::uint64_t> stack) override;
  TypeId announced_by(std::span<const std::uint64_t> stack) override;
  std::string dynamic_name(std::uint32_t vtable) override;
  std::string name(TypeId type) override;
  bool has_part(TypeId type, std::uint64_t offset, TypeId part) override;
  std::optional<std::vector<TypeId>> having_part(TypeId part, std::uint64_t offset, std::uint64_t size) override;
  std::uint64_t size(TypeId type) override;
  Word word_at(TypeId type, std::uint64_t offset) override;

  ClassLayouts& layouts() { return layouts_; }

 private:
  struct Type {
    Dwarf_Die die;
    std::uint64_t size;
    std::string name;                 // "" until asked
    std::optional<FoundNodes> nodes;  // a container's node: `die` is then that of the value
  };
  struct Place {
    TypeId type;
    std::uint64_t offset;
    bool operator==(const Place&) const = default;
  };
  struct HashPlace {
    std::size_t operator()(const Place& place) const {
      return (static_cast<std::size_t>(place.type) * 0x9e3779b97f4a7c15u) ^
             (place.offset * 0xff51afd7ed558ccdu);
    }
  };

  TypeId id_of(const Dwarf_Die& type);
  std::optional<Variable> describe_variable(const Dwarf_Die& die, std::uint64_t start, std::uint64_t address);
  std::optional<Variable> static_variable_at(std::uint64_t address);
  const std::string& class_name(std::uint32_t vtable);
  std::optional<Dwarf_Die> control_class(std::uint32_t vtable);
  ControlType read_control(std::uint32_t vtable);
  std::optional<Dwarf_Die> managed_class(const Dwarf_Die& control);
  std::optional<Dwarf_Die> allocated_type(const Dwarf_Die& allocator);
  // Whether `candidate`, which has `function`, can be that vtable's class.
  NameMatch match(const Dwarf_Die& function, const Dwarf_Die& candidate, std::uint32_t vtable);
  std::vector<std::uint64_t> functions_of(std::uint32_t vtable) const;
  TypeId node_type(const FoundNodes& nodes);
  TypeId read_erased(std::uint64_t code);
  std::optional<std::uint32_t> vtable_at(std::uint64_t address);
  std::optional<std::uint64_t> vtable_word(const std::string& class_name, std::uint64_t distance);
  // Adds where the class has that count. False once there are several places.
  bool add_count(TypeId type, const Member& count, std::optional<std::uint64_t>& found);
  Word find_word(TypeId type, std::uint64_t offset);
  Word find_word_of_node(TypeId type, std::uint64_t offset);
  void note_unknown(std::uint32_t vtable);

  const Snapshot& snapshot_;
  DebugInfo& info_;
  const Families& families_;
  ClassLayouts layouts_;
  WordFinder finder_;
  Constructions constructions_;
  std::vector<Type> types_;  // TypeId n is types_[n - 1]
  std::unordered_map<const void*, TypeId> ids_;
  std::unordered_map<std::uint32_t, ControlType> controls_;
  std::unordered_map<const void*, TypeId> nodes_;               // by container
  std::unordered_map<std::uint64_t, TypeId> erased_;            // by code
  std::unordered_map<std::string, std::uint64_t> own_vtables_;  // by class name; made when first asked for
  std::unordered_map<std::uint64_t, TypeId> operations_;        // by code
  std::unordered_map<std::uint64_t, TypeId> thrown_;            // by type_info
  std::unordered_map<std::uint64_t, TypeId> frames_;            // by code
  std::unordered_map<std::uint64_t, std::uint32_t> vtables_;    // by address; made when first asked for
  std::unordered_map<std::uint32_t, TypeId> dynamic_;
  std::unordered_map<std::uint32_t, std::string> class_names_;
  std::unordered_map<Place, Word, HashPlace> words_;
};

}  // namespace gordian
