// arenas.h - takes the objects in an arena apart, so that each has a block of its own.
#pragma once

#include <optional>

#include "program/types/type_model.h"
#include "snapshot/snapshot.h"

namespace gordian {

// `snapshot` with each arena that is owned from outside, or may be, cut into the objects whose extent
// `types` knows, and what lies between them; none when there is nothing to cut.
std::optional<Snapshot> split_arenas(const Snapshot& snapshot, TypeModel& types);

}  // namespace gordian
