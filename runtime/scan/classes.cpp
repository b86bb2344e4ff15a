// classes.cpp - see classes.h.
#include "scan/classes.h"

#include <string.h>

#include "process/unloaded_modules.h"
#include "scan/heap.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kLongestName = 1 << 20;  // of a type; template names do get long
constexpr unsigned kDeepestChain = 16;
constexpr char kSingleInheritance[] = "N10__cxxabiv120__si_class_type_infoE";
constexpr char kOtherInheritance[] = "N10__cxxabiv121__vmi_class_type_infoE";

bool lies_in(const UnloadedModule& module, Address at) noexcept {
  return at >= module.low && at < module.high;
}

const ClassInfo* noted_class(Address word) noexcept {
  for (const UnloadedModule* m = unloaded_modules(); m != nullptr; m = m->next) {
    for (std::size_t i = 0; lies_in(*m, word) && i < m->class_count; ++i) {
      if (m->classes[i].vtable == word) return &m->classes[i];
    }
  }
  return nullptr;
}

std::size_t slot_of(Address word, std::size_t mask) noexcept { return (word >> 3) * 0x9e3779b97f4a7c15u >> 20 & mask; }

}  // namespace

std::uint32_t Classes::find(std::uint64_t word) noexcept {
  if ((word & 7) != 0 || !modules_.may_hold(word)) return kNoIndex;  // every word of the heap is asked
  if (const Memo* memo = remembered(word); memo != nullptr) return memo->index;
  // What points into no module is not remembered: there is no end to such words.
  const bool mapped = modules_.readable(word - 16, 24);
  if (!mapped && !modules_.unloaded(word)) return kNoIndex;
  std::uint32_t index = kNoIndex;
  if (!modules_.ambiguous(word)) index = mapped ? examine(word) : recall(word, false);
  remember(word, index);
  return index;
}

// What was noted of a class, or a table of functions, before its library went.
std::uint32_t Classes::recall(Address word, bool table) noexcept {
  const ClassInfo* noted = noted_class(word);
  if (noted == nullptr || noted->table != table) return kNoIndex;
  const auto index = static_cast<std::uint32_t>(classes_.size());
  classes_.push(*noted);
  return classes_.failed() ? kNoIndex : index;
}

std::uint32_t Classes::find_control(std::uint64_t word) noexcept {
  const std::uint32_t i = find(word);
  return i != kNoIndex && classes_[i].kind.holding != Holding::not_control ? i : kNoIndex;
}

// May lie among code: linkers that do not separate the two put tables that need no relocation there (-no-pie on aarch64).
std::uint32_t Classes::examine(Address vtable) noexcept {
  ClassInfo info{};
  info.vtable = vtable;
  info.row = kNoIndex;
  const bool any_function = read_functions(info);
  // The word before the type_info says how far down in its object the vptr lies. Without it any
  // table behind a type_info with a base would pass, for that one ends in a type_info's address.
  constexpr std::int64_t kLargestObject = std::int64_t{1} << 40;
  const auto offset_to_top = static_cast<std::int64_t>(load_word(vtable - 16));
  if (offset_to_top > 0 || offset_to_top < -kLargestObject) return kNoIndex;
  const Address type_info = load_word(vtable - 8);
  info.name = type_info != 0 ? type_name(type_info) : nullptr;
  // Without RTTI the word before is null, and the functions alone tell a table.
  if (info.name == nullptr && (type_info != 0 || !any_function)) return kNoIndex;
  if (info.name != nullptr) info.family = family_of(type_info);
  if (info.family != FamilyRow::none) info.kind = kind_of_control(family_at(info.family), info.name);
  const auto index = static_cast<std::uint32_t>(classes_.size());
  classes_.push(info);
  return classes_.failed() ? kNoIndex : index;
}

bool Classes::keep_names() noexcept {
  std::size_t bytes = 0;
  for (const ClassInfo& info : classes_) bytes += info.name != nullptr ? strlen(info.name) + 1 : 0;
  if (!names_.resize(bytes)) return false;
  char* at = names_.data();
  for (ClassInfo& info : classes_) {
    if (info.name == nullptr) continue;
    const std::size_t size = strlen(info.name) + 1;
    info.name = static_cast<const char*>(memcpy(at, info.name, size));
    at += size;
  }
  return true;
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
  if (const Memo* memo = remembered(key); memo != nullptr) return memo->index;
  const Address table = word & ~std::uint64_t{1};
  const bool gone = modules_.unloaded(table);
  std::uint32_t index = kNoIndex;
  if (!modules_.ambiguous(table)) index = gone ? recall(table, true) : examine_table(table);
  remember(key, index);
  return index;
}

std::uint32_t Classes::examine_table(Address table) noexcept {
  if ((table & 7) != 0) return kNoIndex;
  ClassInfo info{};
  info.vtable = table;
  info.table = true;
  info.row = kNoIndex;
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
    const auto c = *reinterpret_cast<const unsigned char*>(name + length);
    if (c == '\0') return length != 0 ? reinterpret_cast<const char*>(name) : nullptr;
    if (c <= ' ' || c == 0x7f) return nullptr;  // mangled names are printable, or UTF-8
  }
  return nullptr;  // not run: no compiler makes a name that long
}

// The type_info of the base that lies first in a class, or 0: the only one of a class with
// single inheritance, else the one at offset 0. What a type_info is says its own RTTI: that
// works for every copy of the C++ runtime.
Address Classes::first_base(Address type_info) const noexcept {
  constexpr Address kSingleBase = 16;  // __si_class_type_info: vptr, name, base
  constexpr Address kBases =
      24;  // __vmi_class_type_info: vptr, name, flags, count, {base, offset << 8 | flags}...
  constexpr std::uint64_t kVirtual = 1;
  const Address vtable = load_word(type_info);
  if (!modules_.readable(vtable - 8, 8)) return 0;
  const char* kind = type_name(load_word(vtable - 8));
  if (kind == nullptr) return 0;
  if (strcmp(kind, kSingleInheritance) == 0) {
    return modules_.readable(type_info, kSingleBase + 8) ? load_word(type_info + kSingleBase) : 0;
  }
  if (strcmp(kind, kOtherInheritance) != 0 || !modules_.readable(type_info, kBases + 16)) return 0;
  const std::uint64_t place = load_word(type_info + kBases + 8);
  return place >> 8 == 0 && (place & kVirtual) == 0 ? load_word(type_info + kBases) : 0;
}

// By its bases; the family's base itself is abstract, so no object is of it.
FamilyRow Classes::family_of(Address type_info) const noexcept {
  for (unsigned depth = 0; depth < kDeepestChain; ++depth) {
    type_info = first_base(type_info);
    const char* name = type_info != 0 ? type_name(type_info) : nullptr;
    if (name == nullptr) return FamilyRow::none;
    if (const FamilyRow family = family_of_base(name); family != FamilyRow::none) return family;
  }
  return FamilyRow::none;
}

const Classes::Memo* Classes::remembered(Address word) const noexcept {
  if (memo_.size() == 0) return nullptr;
  const std::size_t mask = memo_.size() - 1;
  for (std::size_t i = slot_of(word, mask); memo_[i].word != 0; i = (i + 1) & mask) {
    if (memo_[i].word == word) return &memo_[i];
  }
  return nullptr;
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
