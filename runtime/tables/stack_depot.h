// stack_depot.h - stores each distinct call stack once and hands out a small id.
//
// A test that makes a million shared_ptrs from forty places has forty stacks:
// hooks keep the 28-bit id per object, the snapshot carries the table.
//
// Layout: records {hash, count, frames...} one after another in chunks that are mapped
// as they are needed; the id is the record's 8-byte offset, as if they lay one behind the
// other; in front of them an open-addressing index of ids at most half full, which grows.
// Look-ups take no lock; only a new stack does.
// Entries and outgrown indexes are never freed (all outgrown ones together are smaller
// than the current one).
//
// Context: runs inside malloc hooks.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/memory.h"

namespace gordian::rt {

enum class StackId : std::uint32_t { none = 0 };
inline constexpr unsigned kStackIdBits = 27;

struct StackFrames {
  const std::uint64_t* frames;  // return addresses, innermost first
  std::uint32_t count;
};

// Returns the id of `frames`, storing them on first sight. Returns StackId::none for an
// empty stack, once the depot is full, and where a fork() has kept it for long: the object is then reported
// without a stack rather than not at all.
StackId put_stack(StackFrames stack) noexcept;

// The frames of an id that put_stack() returned; empty for StackId::none.
StackFrames get_stack(StackId id) noexcept;

// Adds `by` to each frame of stack `id` whose call lies in [low, high). A stack that is put with
// the old frames later is another one.
void move_frames(StackId id, Address low, Address high, Address by) noexcept;

// One past the greatest id handed out so far.
std::uint32_t stack_id_limit() noexcept;

// Of records and indexes, in bytes.
std::size_t stack_depot_bytes() noexcept;

// How many stacks found no room.
std::uint64_t stacks_dropped() noexcept;

// Around fork(): no thread is in the depot while the process is copied.
bool try_lock_stack_depot() noexcept;
void unlock_stack_depot() noexcept;

}  // namespace gordian::rt
