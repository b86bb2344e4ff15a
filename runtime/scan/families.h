// families.h - the libraries whose control blocks we know, one row each.
//
// A control block's class is told by the first base of its first base, and so on;
// its own name tells how it holds what it manages. Both survive stripping. A new family is
// a row in kFamilies, and one in snapshot::Family.
//
// Layouts are those of libstdc++ since gcc 4, of libc++ with its ABI 1, and of boost with any of its counts that
// are two adjacent ints.
//
// Context: names come from a program's memory, but are known to end (Classes::type_name).
#pragma once

#include <cstdint>

#include "base/memory.h"
#include "snapshot_format.h"

namespace gordian::rt {

// How a control block holds what it manages.
enum class Holding : std::uint8_t {
  not_control,  // no control block, or not known to be one
  unknown,      // a control block without RTTI, or of a kind we do not know
  in_place,     // make_shared, allocate_shared: inside the control block
  pointer,      // shared_ptr(new T): a pointer, and nothing else behind the counts
  deleting,     // a pointer, and a deleter that is sure to delete
  deleter,      // likewise with any other deleter, which may do nothing and own nothing
};

// Where the pointer to the managed object lies, or the object itself.
enum class ManagedAt : std::uint8_t {
  nowhere,
  behind_counts,
  in_front,  // no pointer: an array that fills its heap block up to the control block
  at_end,    // the last word of the control block, behind deleter and allocator
};

struct ControlKind {
  Holding holding = Holding::not_control;
  ManagedAt managed_at = ManagedAt::nowhere;
};

struct ControlFamily {
  snapshot::Family id;
  const char* base;          // mangled name of the class that every control block is derived from
  std::uint8_t use_at;       // offset of the strong count
  std::uint8_t weak_at;      // of the weak count, in which all strong handles together are one
  std::uint8_t count_bytes;  // of each: 4 or 8
  std::uint8_t missing;      // what the library leaves out of both: a count of 0 stands for this many
  bool drops_deleter;        // destroys it with the object: nothing is left in the control block then
  std::uint8_t header;       // vptr and counts; what follows may hold handles
};

inline constexpr ControlFamily kFamilies[] = {
    {snapshot::Family::std_shared, "St16_Sp_counted_baseILN9__gnu_cxx12_Lock_policyE2EE", 8, 12, 4, 0, false,
     16},  // _S_atomic
    {snapshot::Family::std_shared, "St16_Sp_counted_baseILN9__gnu_cxx12_Lock_policyE0EE", 8, 12, 4, 0, false,
     16},  // _S_single
    // _S_mutex: a pthread_mutex_t of 40 bytes lies before the counts.
    {snapshot::Family::std_shared, "St16_Sp_counted_baseILN9__gnu_cxx12_Lock_policyE1EE", 48, 52, 4, 0, false, 56},
    {snapshot::Family::libcxx_shared, "NSt3__119__shared_weak_countE", 8, 16, 8, 1, true, 24},
    {snapshot::Family::boost_shared, "N5boost6detail15sp_counted_baseE", 8, 12, 4, 0, false, 16},
    // Objects that count their own handles, announced through the C API. Such a one has no control block: the
    // object is the "control block", and every word that points into it may be a handle.
    {snapshot::Family::custom, nullptr, 0, 0, 0, 0, false, 0},
};

// A row of kFamilies; one byte of each object.
enum class FamilyRow : std::uint8_t {
  shim = 0,  // of the control blocks which the shim announces
  counted = sizeof kFamilies / sizeof *kFamilies - 1,
  none = 0xff,
};

constexpr const ControlFamily& family_at(FamilyRow row) noexcept { return kFamilies[static_cast<unsigned>(row)]; }

// The family whose control blocks are derived from the class of that mangled name.
FamilyRow family_of_base(const char* name) noexcept;

// How a control block of that family and with that mangled name holds its object; of kind
// `unknown` where the name is not known, `not_control` for those that we cannot read.
ControlKind kind_of_control(const ControlFamily& family, const char* name) noexcept;

struct Counts {
  std::uint32_t use;
  std::uint32_t weak;  // handles only
  bool plausible;      // those of a control block that is alive
  bool overwritten;    // neither those of one that is alive nor those of one that has died
};
// Reads family.header bytes at `control`.
Counts read_counts(const ControlFamily& family, Address control) noexcept;

}  // namespace gordian::rt
