// coroutine_frame.h - what lies in a coroutine's frame: its parameters and locals, in the heap.
//
// A frame begins with the address of the function that resumes it. Both compilers describe
// the frame as a class beside that function: g++ calls it <mangled function>.Frame, clang
// <mangled function>.coro_frame_ty, or __coro_frame_ty up to clang 14.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "program/dwarf/debug_info.h"

namespace gordian {

// The class of the frames that the function around `code` (an address of the process) resumes.
std::optional<Dwarf_Die> coroutine_frame_of(DebugInfo& info, std::uint64_t code);

bool is_coroutine_frame(Dwarf_Die type);

// The coroutine that a frame is of: ns::run().
std::string coroutine_name(DebugInfo& info, const Dwarf_Die& frame);

// How the author calls what a field of a frame holds; "" for the compiler's own fields.
std::string frame_variable(std::string field);

}  // namespace gordian
