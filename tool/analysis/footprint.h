// footprint.h - what rules that accept findings are held against.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/findings.h"
#include "analysis/heap.h"
#include "analysis/holders.h"

namespace gordian {

// The row in Snapshot::stacks of who allocated `object`; 0 when not recorded.
std::uint32_t allocation_stack(const Heap& heap, std::uint32_t object);

// Notes types and allocations of all instances in `finding`. Linear in their objects, but for sorting.
void note_cycles(const Heap& heap, std::span<const std::uint32_t> cycles, Finding& finding);
void note_orphans(const Heap& heap, const Holders& holders, std::span<const std::uint32_t> orphans,
                  Finding& finding);

}  // namespace gordian
