// construction.cpp - see construction.h.
//
// A constructor behind a call is inlined there, which debug info says, or is called itself. Calls are
// looked for in the code: debug info lists them only where it was optimised. Bytes that look like a
// call, and lead to the very start of a constructor, are one.
#include "program/types/construction.h"

#include <algorithm>
#include <utility>

#include "program/dwarf/inlined.h"
#include "program/elf/machine.h"
#include "program/names/names.h"

namespace gordian {
namespace {

constexpr std::size_t kMostFrames = 8;    // between the allocation and who makes the object
constexpr std::uint64_t kFarthest = 512;  // bytes of code behind the call

// The class that `function` (or an inlined call of it) constructs; none when it is no constructor.
std::optional<Dwarf_Die> class_made_by(DebugInfo& info, const Dwarf_Die& function) {
  const Dwarf_Die declared = dwarf::declaration_of(function);
  const auto scope = info.unit_of(declared).scope_of(declared);
  if (!scope || !dwarf::is_class(*scope)) {
    return std::nullopt;
  }
  const std::string name = dwarf::name_of(declared);
  std::string of_class = dwarf::name_of(*scope);
  std::optional<Dwarf_Die> type;
  if (of_class.empty()) {
    // What clang leaves in a unit of a class in a type unit has no name.
    type = info.definition_of(*scope);
    of_class = type ? dwarf::name_of(*type) : std::string();
  }
  if (name.empty() || name != of_class.substr(0, of_class.find('<'))) {
    return std::nullopt;
  }
  return type ? type : info.definition_of(*scope);
}

using Calls = std::vector<std::pair<std::uint64_t, Dwarf_Die>>;  // address of the process, class

void find_inlined(DebugInfo& info, const DebugInfo::Place& place, std::uint64_t pc, Calls& calls) {
  const std::uint64_t bias = place.module->bias();
  dwarf::each_inlined(*place.function, [&](const Dwarf_Die& call, std::uint64_t entry) {
    if (entry + bias < pc) {
      return;
    }
    if (const auto type = class_made_by(info, call)) {
      calls.emplace_back(entry + bias, *type);
    }
  });
}

void find_calls(DebugInfo& info, const DebugInfo::Place& place, std::uint64_t pc, Calls& calls) {
  ModuleFile* file = info.module_at(pc);
  Dwarf_Die function = *place.function;
  for (std::uint64_t at = pc; file != nullptr && at < pc + kFarthest; ++at) {
    const auto code = file->word_at(at);
    if (!code || dwarf_haspc(&function, at - place.module->bias()) != 1) {
      break;
    }
    const auto target = own_machine().call_target(*code, at);
    if (!target) {
      continue;
    }
    const auto called = info.place_of(*target);
    if (!called || !called->function) {
      continue;
    }
    Dwarf_Die die = *called->function;
    Dwarf_Addr start = 0;
    if (dwarf_entrypc(&die, &start) != 0 || start + called->module->bias() != *target) {
      continue;
    }
    if (const auto type = class_made_by(info, die)) {
      calls.emplace_back(at, *type);
    }
  }
}

}  // namespace

std::vector<Dwarf_Die> constructed_behind(DebugInfo& info, std::span<const std::uint64_t> stack) {
  std::vector<Dwarf_Die> classes;
  for (const std::uint64_t pc : stack.first(std::min(stack.size(), kMostFrames))) {
    const auto place = info.place_of(pc - 1);
    if (!place || !place->function) {
      continue;
    }
    Calls calls;
    find_inlined(info, *place, pc, calls);
    find_calls(info, *place, pc, calls);
    std::stable_sort(calls.begin(), calls.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [address, type] : calls) {
      classes.push_back(type);
    }
  }
  return classes;
}

std::optional<Dwarf_Die> constructed_in(DebugInfo& info, std::span<const std::uint64_t> stack) {
  std::optional<Dwarf_Die> outermost;
  for (const std::uint64_t pc : stack) {
    const auto place = info.place_of(pc - 1);
    if (!place || !place->function) {
      if (outermost) break;
      continue;
    }
    std::vector<Dwarf_Die> around{*place->function};
    dwarf::append_inlined_around(*place->function, pc - 1 - place->module->bias(), around);
    for (std::size_t i = around.size(); i-- > 0;) {
      const auto type = class_made_by(info, around[i]);
      if (!type && outermost) {
        return outermost;
      }
      outermost = type ? type : outermost;
    }
  }
  return outermost;
}

}  // namespace gordian
