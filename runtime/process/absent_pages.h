// absent_pages.h - pages that a thread of the program brings in when somebody reads them: userfaultfd(2).
//
// Whoever reads such a page waits for that thread, which a check has paused. Nor may the page be asked for by
// process_vm_readv(), which waits as well. What is to come into it nobody knows but the program: it may be an owner that was
// moved elsewhere. So the page counts as one that cannot be read (readable.h).
//
// Only where a userfaultfd is open in the process: to look for one costs a readlink() for each descriptor, to list the
// memory costs the kernel a walk through all page tables.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// Whether the process has a userfaultfd. Where nobody tells, yes.
bool has_userfaultfd() noexcept;

// Adds, by address, what of the program's memory is registered with one and absent now. False where that cannot be
// told. Call it while the other threads are paused.
bool list_absent_pages(PageArray<AddressRange>& absent) noexcept;

}  // namespace gordian::rt
