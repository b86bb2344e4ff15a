// construction.h - which class an object is of, by the code that made it.
//
// An object without a vptr does not say what it is; the call stack of its allocation, or of its own
// announcement in a constructor, does: constructors are named after their classes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "program/dwarf/debug_info.h"

namespace gordian {

// Stacks are return addresses of the process, innermost first.

// Looks at each call once, however many stacks have it.
class Constructions {
 public:
  // `info` must outlive the object.
  explicit Constructions(DebugInfo& info) : info_(info) {}

  // The classes whose constructors are called behind the calls that `stack` returns to, the next first: of
  // these the block that was allocated there is made into one, or a part of it is.
  std::vector<Dwarf_Die> behind(std::span<const std::uint64_t> stack);

 private:
  using Calls = std::vector<std::pair<std::uint64_t, Dwarf_Die>>;  // address of the process, class

  const std::vector<Dwarf_Die>& behind_call(std::uint64_t pc);
  void find_inlined(const DebugInfo::Place& place, std::uint64_t pc, Calls& calls);
  void find_calls(const DebugInfo::Place& place, std::uint64_t pc, Calls& calls);
  const std::optional<Dwarf_Die>& constructed_at(std::uint64_t entry);

  DebugInfo& info_;
  std::unordered_map<std::uint64_t, std::vector<Dwarf_Die>> behind_;         // by return address
  std::unordered_map<std::uint64_t, std::optional<Dwarf_Die>> constructed_;  // by a function's first address
};

// The class whose constructor encloses all other constructors that `stack` has at its beginning; none
// where there is none.
std::optional<Dwarf_Die> constructed_in(DebugInfo& info, std::span<const std::uint64_t> stack);

}  // namespace gordian
