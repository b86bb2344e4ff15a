// analyse.h - from a snapshot to findings.
#pragma once

#include "analysis/findings.h"
#include "program/types/type_model.h"
#include "snapshot/snapshot.h"

namespace gordian {

// Decides what only cycles keep alive in `snapshot`. `types` names members and tells
// handles from other words; with a model that knows nothing, offsets stand in for names
// and counts alone decide. Time and memory are linear in the snapshot but for sorting.
Findings analyse(const Snapshot& snapshot, TypeModel& types);

}  // namespace gordian
