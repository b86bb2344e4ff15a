// families.h - the libraries whose control blocks we know, one row each.
//
// A control block's class is told by the first base of its first base, and so on;
// its own name tells how it holds what it manages. Both survive stripping. A new family is
// a row in families.cpp, and one in snapshot::Family.
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

// That of objects that count their own handles, announced through the C API. Such a one has no
// control block: the object is the "control block", and every word that points into it may be a handle.
const ControlFamily& counted_family() noexcept;

// The family whose control blocks are derived from the class of that mangled name; null: none.
const ControlFamily* family_of_base(const char* name) noexcept;
// That of the control blocks which the shim announces.
const ControlFamily& shim_family() noexcept;

// How a control block of that family and with that mangled name holds its object; of kind
// `unknown` where the name is not known, `not_control` for those that we cannot read.
ControlKind kind_of_control(const ControlFamily& family, const char* name) noexcept;

struct Counts {
  std::uint32_t use;
  std::uint32_t weak;  // handles only
  bool plausible;      // those of a control block that is alive
};
// Reads family.header bytes at `control`.
Counts read_counts(const ControlFamily& family, Address control) noexcept;

}  // namespace gordian::rt
