// allocation_headers.h - takes off what a program's own operator new puts in front of each allocation.
#pragma once

#include <optional>

#include "snapshot/snapshot.h"

namespace gordian {

// `snapshot` with blocks that begin where the program's allocations do; none when they do so already.
std::optional<Snapshot> without_allocation_headers(const Snapshot& snapshot);

}  // namespace gordian
