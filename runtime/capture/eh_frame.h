// eh_frame.h - the frame rule of a place in the code, from the unwind tables that exceptions use.
//
// Format: Linux Standard Base Core 5.0, 10.6 (.eh_frame, .eh_frame_hdr); the instructions are those of
// DWARF 5, 6.4.2. What is read is the program's own memory, mapped by the loader: it is believed, as the C++
// runtime believes it, but never read beyond the length that an entry gives.
//
// Context: runs inside malloc hooks. Takes no lock, allocates nothing.
#pragma once

#include "base/memory.h"
#include "capture/dwarf_machine.h"
#include "capture/frame_rule.h"

namespace gordian::rt {

// nowhere: in no module, so nobody described it, and today's memory may be tomorrow's module.
enum class FrameKind : std::uint8_t { usual, outermost, unusual, nowhere };

// The rule for the frame whose call ends at `return_address`. Sets `rule` where it returns usual.
FrameKind find_frame_rule(Address return_address, FrameRule& rule) noexcept;
// By tables of any machine's: those of this process are of its own, but for a test's.
FrameKind find_frame_rule(Address return_address, const DwarfMachine& machine, FrameRule& rule) noexcept;

}  // namespace gordian::rt
