// locals.cpp - see locals.h.
#include "program/dwarf/locals.h"

namespace gordian {
namespace {

// Numbers of registers (System V ABI for x86-64).
constexpr std::uint8_t kFramePointer = DW_OP_reg6;
constexpr std::uint8_t kStackPointer = DW_OP_reg7;

// What DW_OP_fbreg counts from.
std::optional<std::uint64_t> frame_base(Dwarf_Die function, const CallFrame& frame) {
  Dwarf_Attribute base;
  Dwarf_Op* operations = nullptr;
  std::size_t count = 0;
  if (dwarf_attr_integrate(&function, DW_AT_frame_base, &base) == nullptr ||
      dwarf_getlocation(&base, &operations, &count) != 0 || count != 1) {
    return std::nullopt;
  }
  if (operations[0].atom == DW_OP_call_frame_cfa) return frame.cfa;
#if defined(__x86_64__)
  // clang names the register. Below the caller's frame lie the return address and the caller's frame pointer.
  if (operations[0].atom == kFramePointer) return frame.cfa - 16;
  if (operations[0].atom == kStackPointer) return frame.sp;
#endif
  return std::nullopt;
}

class LocalSearch {
 public:
  LocalSearch(std::uint64_t base, std::uint64_t pc, std::uint64_t address)
      : base_(base), pc_(pc), address_(address) {}

  void in_scope(Dwarf_Die scope, int depth) {
    dwarf::each_child(scope, [&](Dwarf_Die child) {
      if (child.addr <= seen_ || depth > dwarf::kDeepest) return false;
      seen_ = child.addr;
      const int tag = dwarf_tag(&child);
      if (tag == DW_TAG_variable || tag == DW_TAG_formal_parameter) {
        take(child);
      } else if (tag == DW_TAG_lexical_block || tag == DW_TAG_inlined_subroutine) {
        if (dwarf_haspc(&child, pc_) == 1) in_scope(child, depth + 1);
      }
      return true;
    });
  }

  std::optional<FoundLocal> found() const { return found_; }

 private:
  // One place for the whole scope: a list of places says where it is while it is somewhere.
  void take(Dwarf_Die variable) {
    Dwarf_Attribute location;
    Dwarf_Op* operations = nullptr;
    std::size_t count = 0;
    if (dwarf_attr(&variable, DW_AT_location, &location) == nullptr ||
        dwarf_getlocation(&location, &operations, &count) != 0 || count != 1 ||
        operations[0].atom != DW_OP_fbreg) {
      return;
    }
    const std::uint64_t at = base_ + operations[0].number;  // a negative number, mostly
    if (at <= address_ && (!found_ || at >= found_->address)) found_ = FoundLocal{variable, at};
  }

  std::uint64_t base_;
  std::uint64_t pc_;
  std::uint64_t address_;
  const void* seen_ = nullptr;
  std::optional<FoundLocal> found_;
};

}  // namespace

std::optional<FoundLocal> local_before(const Dwarf_Die& function, const CallFrame& frame, std::uint64_t bias,
                                       std::uint64_t address) {
  const auto base = frame_base(function, frame);
  if (!base) return std::nullopt;
  LocalSearch search(*base, frame.pc - 1 - bias, address);
  search.in_scope(function, 0);
  return search.found();
}

}  // namespace gordian
