// classes.cpp - see classes.h.
#include "scan/classes.h"

#include <string.h>

#include "scan/heap.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kLongestName = 1 << 20;  // of a type; template names do get long
constexpr unsigned kDeepestChain = 16;
constexpr char kControlBase[] = "St16_Sp_counted_baseILN9__gnu_cxx12_Lock_policyE2EE";
constexpr char kSingleInheritance[] = "N10__cxxabiv120__si_class_type_infoE";

// Whether the deleter in the mangled name of a _Sp_counted_deleter is one that deletes for
// sure: std::default_delete (from a unique_ptr) or an array's. The same words may stand in
// the name of the managed type; but there the deleter's argument is spelt out, while in the
// deleter itself it repeats the managed type, so it is a substitution ("S1_") or a builtin,
// and the allocator follows at once. When in doubt: no.
bool surely_deletes(const char* name) noexcept {
  constexpr char kDefault[] = "St14default_deleteI";
  if (strstr(name, "St17__sp_array_deleteSaIvE") != nullptr) return true;
  const char* argument = nullptr;
  for (const char* at = name; (at = strstr(at, kDefault)) != nullptr;) argument = at += sizeof kDefault - 1;
  if (argument == nullptr) return false;
  if (argument[0] == 'A' && argument[1] == '_') argument += 2;  // T[]
  if (*argument == 'S') {
    ++argument;
    while ((*argument >= '0' && *argument <= '9') || (*argument >= 'A' && *argument <= 'Z')) ++argument;
  }
  if (*argument != '\0') ++argument;  // '_', or the letter of a builtin
  return strncmp(argument, "ESaIvE", 6) == 0;
}

// One row per kind of libstdc++ control block, by how its mangled name starts.
struct HoldingRow {
  const char* prefix;
  Holding holding;
};
constexpr HoldingRow kHoldings[] = {
    {"St23_Sp_counted_ptr_inplaceI", Holding::in_place},
    {"St17_Sp_counted_arrayI", Holding::in_place},  // make_shared<T[]>: the array shares the block
    {"St15_Sp_counted_ptrI", Holding::pointer},
    {"St19_Sp_counted_deleterI", Holding::deleter},
};

std::size_t slot_of(Address word, std::size_t mask) noexcept { return (word >> 3) * 0x9e3779b97f4a7c15u >> 20 & mask; }

}  // namespace

std::uint32_t Classes::find(std::uint64_t word) noexcept {
  if ((word & 7) != 0 || modules_.modules().empty()) return kNoIndex;
  // Vtables lie between the first module and the last; most first words do not.
  const auto& modules = modules_.modules();
  if (word < modules[0].low || word >= modules[modules.size() - 1].high) return kNoIndex;
  if (memo_.size() != 0) {
    for (std::size_t i = slot_of(word, memo_.size() - 1); memo_[i].word != 0; i = (i + 1) & (memo_.size() - 1)) {
      if (memo_[i].word == word) return memo_[i].index;
    }
  }
  const std::uint32_t index = examine(word);
  remember(word, index);
  return index;
}

std::uint32_t Classes::examine(Address vtable) noexcept {
  if (!modules_.readable(vtable - 16, 24) || modules_.executable(vtable)) return kNoIndex;
  ClassInfo info{};
  info.vtable = vtable;
  info.row = kNoIndex;
  const bool any_function = read_functions(info);
  const Address type_info = load_word(vtable - 8);
  info.name = type_info != 0 ? type_name(type_info) : nullptr;
  // Without RTTI the word before is null, and the functions alone tell a table.
  if (info.name == nullptr && (type_info != 0 || !any_function)) return kNoIndex;
  info.holding = info.name != nullptr ? holding_of(type_info, info.name) : Holding::not_control;
  const auto index = static_cast<std::uint32_t>(classes_.size());
  classes_.push(info);
  return classes_.failed() ? kNoIndex : index;
}

// The functions at the start of `info.vtable`. False when there is none.
bool Classes::read_functions(ClassInfo& info) const noexcept {
  unsigned i = 0;
  for (; i < snapshot::kVtableFunctions; ++i) {
    if (!modules_.readable(info.vtable + 8 * i, 8)) break;
    const std::uint64_t function = load_word(info.vtable + 8 * i);
    if (!modules_.executable(function)) break;
    info.functions[i] = function;
  }
  return i != 0;
}

std::uint32_t Classes::find_table(std::uint64_t word) noexcept {
  const std::uint64_t key = word | 1;  // no class has an odd address
  if (memo_.size() != 0) {
    for (std::size_t i = slot_of(key, memo_.size() - 1); memo_[i].word != 0; i = (i + 1) & (memo_.size() - 1)) {
      if (memo_[i].word == key) return memo_[i].index;
    }
  }
  const std::uint32_t index = examine_table(word & ~std::uint64_t{1});
  remember(key, index);
  return index;
}

std::uint32_t Classes::examine_table(Address table) noexcept {
  if ((table & 7) != 0 || modules_.executable(table)) return kNoIndex;
  ClassInfo info{};
  info.vtable = table;
  info.row = kNoIndex;
  info.holding = Holding::not_control;
  if (!read_functions(info)) return kNoIndex;
  const auto index = static_cast<std::uint32_t>(classes_.size());
  classes_.push(info);
  return classes_.failed() ? kNoIndex : index;
}

// std::type_info is {vptr, name}. The name of a class local to one object file starts
// with '*', which says: compare by address. It is not part of the name.
const char* Classes::type_name(Address type_info) const noexcept {
  if ((type_info & 7) != 0 || !modules_.readable(type_info, 16)) return nullptr;
  Address name = load_word(type_info + 8);
  if (!modules_.readable(name, 2)) return nullptr;
  if (*reinterpret_cast<const char*>(name) == '*') ++name;
  for (std::size_t length = 0; length < kLongestName; ++length) {
    if (!modules_.readable(name + length, 1)) return nullptr;
    const char c = *reinterpret_cast<const char*>(name + length);
    if (c == '\0') return length != 0 ? reinterpret_cast<const char*>(name) : nullptr;
    if (c <= ' ' || c == 0x7f) return nullptr;  // mangled names are printable
  }
  return nullptr;
}

bool Classes::is_single_inheritance(Address type_info) const noexcept {
  // The type_info's own class, by its RTTI: works for every copy of the C++ runtime.
  const Address vtable = load_word(type_info);
  if (!modules_.readable(vtable - 8, 8)) return false;
  const char* name = type_name(load_word(vtable - 8));
  return name != nullptr && strcmp(name, kSingleInheritance) == 0;
}

Holding Classes::holding_of(Address type_info, const char* name) const noexcept {
  for (const HoldingRow& row : kHoldings) {
    if (strncmp(name, row.prefix, strlen(row.prefix)) != 0) continue;
    return row.holding == Holding::deleter && surely_deletes(name) ? Holding::deleting : row.holding;
  }
  for (unsigned depth = 0; depth < kDeepestChain; ++depth) {
    if (strcmp(name, kControlBase) == 0) return depth != 0 ? Holding::unknown : Holding::not_control;
    if (!is_single_inheritance(type_info) || !modules_.readable(type_info, 24)) break;
    type_info = load_word(type_info + 16);
    name = type_name(type_info);
    if (name == nullptr) break;
  }
  return Holding::not_control;
}

void Classes::remember(Address word, std::uint32_t index) noexcept {
  if ((remembered_ + 1) * 2 > memo_.size()) grow_memo();
  if (memo_.failed()) return;
  std::size_t i = slot_of(word, memo_.size() - 1);
  while (memo_[i].word != 0) i = (i + 1) & (memo_.size() - 1);
  memo_[i] = {word, index};
  ++remembered_;
}

void Classes::grow_memo() noexcept {
  PageArray<Memo> old;
  for (const Memo& m : memo_) {
    if (m.word != 0) old.push(m);
  }
  const std::size_t size = memo_.size() != 0 ? memo_.size() * 2 : 1024;
  if (old.failed() || !memo_.resize(size)) return;
  memset(memo_.data(), 0, size * sizeof(Memo));
  for (const Memo& m : old) {
    std::size_t i = slot_of(m.word, size - 1);
    while (memo_[i].word != 0) i = (i + 1) & (size - 1);
    memo_[i] = m;
  }
}

}  // namespace gordian::rt
