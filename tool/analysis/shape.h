// shape.h - what two cycles must have in common to be one finding.
#pragma once

#include <cstdint>
#include <string>

#include "analysis/heap.h"
#include "analysis/paths.h"

namespace gordian {

// A hash of the types and members that close `cycle`. `paths` must be of the same heap.
std::uint64_t shape_of_cycle(const Heap& heap, const Cycle& cycle, MemberPaths& paths);

// A hash of what is known of an orphan: its type, and whether the lost reference was located.
std::uint64_t shape_of_orphan(const Heap& heap, std::uint32_t object);

// Eight lower-case hex digits of a shape.
std::string finding_id(std::uint64_t shape);

}  // namespace gordian
