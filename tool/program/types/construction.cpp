// construction.cpp - see construction.h.
//
// A constructor behind a call is inlined there, which debug info says, or is called itself. Calls are
// looked for in the code: debug info lists them only where it was optimised. Bytes that look like a
// call, and lead to the very start of a constructor, are one.
#include "program/types/construction.h"

#include <algorithm>
#include <cstring>

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

}  // namespace

void Constructions::find_inlined(const DebugInfo::Place& place, std::uint64_t pc, Calls& calls) {
  const std::uint64_t bias = place.module->bias();
  dwarf::each_inlined(*place.function, [&](const Dwarf_Die& call, std::uint64_t entry) {
    if (entry + bias < pc) {
      return;
    }
    if (const auto type = class_made_by(info_, call)) {
      calls.emplace_back(entry + bias, *type);
    }
  });
}

void Constructions::find_calls(const DebugInfo::Place& place, std::uint64_t pc, Calls& calls) {
  ModuleFile* file = info_.module_at(pc);
  Dwarf_Die function = *place.function;
  const auto code = file != nullptr ? file->bytes_from(pc) : std::span<const char>();
  std::uint64_t word = 0;
  for (std::uint64_t at = pc; at < pc + kFarthest && at - pc + sizeof word <= code.size(); ++at) {
    std::memcpy(&word, code.data() + (at - pc), sizeof word);
    const auto target = own_machine().call_target(word, at);
    if (!target) {
      continue;
    }
    if (dwarf_haspc(&function, at - place.module->bias()) != 1) {
      break;
    }
    if (const auto& type = constructed_at(*target)) {
      calls.emplace_back(at, *type);
    }
  }
}

// The class that the function which starts there constructs.
const std::optional<Dwarf_Die>& Constructions::constructed_at(std::uint64_t entry) {
  const auto [at, is_new] = constructed_.try_emplace(entry);
  if (!is_new) {
    return at->second;
  }
  const auto called = info_.place_of(entry);
  if (called && called->function) {
    Dwarf_Die die = *called->function;
    Dwarf_Addr start = 0;
    if (dwarf_entrypc(&die, &start) == 0 && start + called->module->bias() == entry) {
      at->second = class_made_by(info_, die);
    }
  }
  return at->second;
}

const std::vector<Dwarf_Die>& Constructions::behind_call(std::uint64_t pc) {
  const auto [at, is_new] = behind_.try_emplace(pc);
  const auto place = is_new ? info_.place_of(pc - 1) : std::nullopt;
  if (!place || !place->function) {
    return at->second;
  }
  Calls calls;
  find_inlined(*place, pc, calls);
  find_calls(*place, pc, calls);
  std::stable_sort(calls.begin(), calls.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [address, type] : calls) {
    at->second.push_back(type);
  }
  return at->second;
}

std::vector<Dwarf_Die> Constructions::behind(std::span<const std::uint64_t> stack) {
  std::vector<Dwarf_Die> classes;
  for (const std::uint64_t pc : stack.first(std::min(stack.size(), kMostFrames))) {
    const std::vector<Dwarf_Die>& found = behind_call(pc);
    classes.insert(classes.end(), found.begin(), found.end());
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
