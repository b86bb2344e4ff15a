// classes.cpp - see classes.h.
#include "scan/classes.h"

#include <string.h>

#include "scan/heap.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kLongestName = 1 << 20;  // of a type; template names do get long
constexpr unsigned kDeepestChain = 16;
constexpr char kSingleInheritance[] = "N10__cxxabiv120__si_class_type_infoE";

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

std::uint32_t Classes::find_control(std::uint64_t word) noexcept {
  const std::uint32_t i = find(word);
  return i != kNoIndex && classes_[i].kind.holding != Holding::not_control ? i : kNoIndex;
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
  if (info.name != nullptr) info.family = family_of(type_info);
  if (info.family != nullptr) info.kind = kind_of_control(*info.family, info.name);
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

// By its bases; the base itself is abstract, so no object is of it.
const ControlFamily* Classes::family_of(Address type_info) const noexcept {
  for (unsigned depth = 0; depth < kDeepestChain; ++depth) {
    if (!is_single_inheritance(type_info) || !modules_.readable(type_info, 24)) return nullptr;
    type_info = load_word(type_info + 16);
    const char* name = type_name(type_info);
    if (name == nullptr) return nullptr;
    if (const ControlFamily* family = family_of_base(name)) return family;
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
