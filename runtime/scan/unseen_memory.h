// unseen_memory.h - memory that the program got from an allocator past gordian, and what it may own.
//
// Two ways lead past our malloc: a library that is opened with RTLD_DEEPBIND calls libc's, and one in a namespace of
// its own (dlmopen()) has a libc of its own. What lies in such blocks may be the only owner of what we see. So where
// either is met, all private writable memory counts as a root that is not known to be something else: between the
// blocks that we know, in mappings of nobody's, in the static data of the other namespaces. Freed memory is among it:
// a cycle may be missed for that.
//
// Context: within a check, threads paused.
#pragma once

#include "process/modules.h"

namespace gordian::rt {

bool allocates_past_us(const ModuleMap& modules) noexcept;

}  // namespace gordian::rt
