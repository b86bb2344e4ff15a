// families.cpp - see families.h.
#include "scan/families.h"

#include <string.h>

#include "base/starts_with.h"

namespace gordian::rt {
namespace {

using snapshot::Family;

constexpr std::uint64_t kMostPlausibleCount = 1u << 30;

// How a control block holds its object, by how its mangled name starts; the last that fits.
struct KindRow {
  Family family;
  const char* prefix;
  ControlKind kind;
};
constexpr KindRow kKinds[] = {
    {Family::std_shared, "St23_Sp_counted_ptr_inplaceI", {Holding::in_place, ManagedAt::nowhere}},
    // make_shared<T[]>: the array shares the block, in front of the control block. Its start is
    // the heap block's where the allocator is std::allocator.
    {Family::std_shared, "St17_Sp_counted_arrayI", {Holding::in_place, ManagedAt::nowhere}},
    {Family::std_shared, "St17_Sp_counted_arrayISaI", {Holding::in_place, ManagedAt::in_front}},
    {Family::std_shared, "St15_Sp_counted_ptrI", {Holding::pointer, ManagedAt::behind_counts}},
    {Family::std_shared, "St19_Sp_counted_deleterI", {Holding::deleter, ManagedAt::at_end}},
    {Family::libcxx_shared, "NSt3__120__shared_ptr_emplaceI", {Holding::in_place, ManagedAt::nowhere}},
    {Family::libcxx_shared,
     "NSt3__131__unbounded_array_control_blockI",
     {Holding::in_place, ManagedAt::nowhere}},
    {Family::libcxx_shared,
     "NSt3__129__bounded_array_control_blockI",
     {Holding::in_place, ManagedAt::nowhere}},
    {Family::libcxx_shared, "NSt3__120__shared_ptr_pointerI", {Holding::deleter, ManagedAt::behind_counts}},
    {Family::boost_shared,
     "N5boost6detail17sp_counted_impl_pI",
     {Holding::pointer, ManagedAt::behind_counts}},
    {Family::boost_shared,
     "N5boost6detail18sp_counted_impl_pdI",
     {Holding::deleter, ManagedAt::behind_counts}},
    {Family::boost_shared,
     "N5boost6detail19sp_counted_impl_pdaI",
     {Holding::deleter, ManagedAt::behind_counts}},
    {Family::boost_shared, "N5boost6detail13sp_array_baseI", {Holding::in_place, ManagedAt::nowhere}},
};

// The deleters that delete for sure: std::default_delete (from a unique_ptr), an array's.
// The same words may stand in the name of the managed type; but there the deleter's argument
// is spelt out, while in the deleter itself it repeats the managed type, so it is a
// substitution ("S1_") or a builtin, and what the control block's name goes on with, its
// allocator or its end, follows at once. When in doubt: no.
struct DeleterRow {
  Family family;
  const char* name;
  const char* next;  // behind the deleter's argument; null: the name alone is proof
};
constexpr DeleterRow kSureDeleters[] = {
    {Family::std_shared, "St17__sp_array_deleteSaIvE", nullptr},
    {Family::std_shared, "St14default_deleteI", "ESaIvE"},
    {Family::libcxx_shared, "27__shared_ptr_default_deleteI", nullptr},
    {Family::libcxx_shared, "NS_14default_deleteI", "EENS_9allocatorI"},
    {Family::boost_shared, "NS_15checked_deleterI", "EEEE"},
    {Family::boost_shared, "NS_21checked_array_deleterI", "EEEE"},
    {Family::boost_shared, "St14default_deleteI", "EEE"},
};

// Behind a template argument that is a substitution or a builtin, or an array of one.
const char* behind_argument(const char* at) noexcept {
  if (at[0] == 'A' && at[1] == '_') at += 2;
  if (*at == 'S') {
    ++at;
    while ((*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z')) ++at;
  }
  return *at != '\0' ? at + 1 : at;  // '_', or the letter of a builtin
}

bool deletes_by(const DeleterRow& row, const char* name) noexcept {
  const char* argument = nullptr;
  for (const char* at = name; (at = strstr(at, row.name)) != nullptr;) argument = at += strlen(row.name);
  if (argument == nullptr || row.next == nullptr) return argument != nullptr;
  const char* rest = behind_argument(argument);
  // boost's deleter is the last of the name.
  if (row.family == Family::boost_shared) return strcmp(rest, row.next) == 0;
  return starts_with(rest, row.next);
}

bool surely_deletes(Family family, const char* name) noexcept {
  for (const DeleterRow& row : kSureDeleters) {
    if (row.family == family && deletes_by(row, name)) return true;
  }
  return false;
}

// boost's make_shared keeps the object in the deleter.
ControlKind boost_kind(ControlKind kind, const char* name) noexcept {
  // local_shared_ptr counts its handles elsewhere and makes the object own itself: by its
  // counts alone every such object would be a cycle.
  constexpr const char* kLocal[] = {"14lsp_ms_deleterI", "16local_sp_deleterI", "15lsp_array_stateI",
                                    "20lsp_size_array_stateI"};
  for (const char* local : kLocal) {
    if (strstr(name, local) != nullptr) return {};
  }
  constexpr const char* kInPlace[] = {"NS0_13sp_ms_deleterI", "NS0_13sp_as_deleterI"};
  for (const char* in_place : kInPlace) {
    if (strstr(name, in_place) != nullptr) return {Holding::in_place, ManagedAt::nowhere};
  }
  return kind;
}

std::uint64_t read_count(const ControlFamily& family, Address at) noexcept {
  const std::uint64_t word = load_word(at & ~Address{7});
  if (family.count_bytes == 8) return word + family.missing;
  return static_cast<std::uint32_t>((at & 4) != 0 ? word >> 32 : word) + std::uint64_t{family.missing};
}

}  // namespace

FamilyRow family_of_base(const char* name) noexcept {
  for (const ControlFamily& family : kFamilies) {
    if (family.base != nullptr && strcmp(name, family.base) == 0) return static_cast<FamilyRow>(&family - kFamilies);
  }
  return FamilyRow::none;
}

ControlKind kind_of_control(const ControlFamily& family, const char* name) noexcept {
  ControlKind kind = {Holding::unknown, ManagedAt::nowhere};
  for (const KindRow& row : kKinds) {
    if (row.family == family.id && starts_with(name, row.prefix)) kind = row.kind;
  }
  if (family.id == Family::boost_shared) kind = boost_kind(kind, name);
  if (kind.holding == Holding::deleter && surely_deletes(family.id, name)) kind.holding = Holding::deleting;
  return kind;
}

Counts read_counts(const ControlFamily& family, Address control) noexcept {
  const std::uint64_t use = read_count(family, control + family.use_at);
  const std::uint64_t weak = read_count(family, control + family.weak_at);
  const bool plausible = use < kMostPlausibleCount && weak < kMostPlausibleCount && weak >= 1;
  const bool dead = use == 0 && weak == 0;
  const auto handles = static_cast<std::uint32_t>(use != 0 ? weak - 1 : weak);
  return {static_cast<std::uint32_t>(use), handles, plausible, !plausible && !dead};
}

}  // namespace gordian::rt
