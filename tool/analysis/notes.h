// notes.h - what the analysis could not decide, one sentence each.
//
// The runtime's own notes (threads not paused, tables full) are in the snapshot, and are
// worded where reports are made.
#pragma once

#include <string>
#include <vector>

#include "analysis/heap.h"

namespace gordian {

std::vector<std::string> notes_on(const Heap& heap);

}  // namespace gordian
