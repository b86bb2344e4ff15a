// kept_file.h - a file that the user keeps: new, private, and there whole or not at all.
//
// It is made beside its place under a name that nobody had, and renamed into it. So what somebody has put at that place before
// is never written to: through a link, by another name of the same file (a hard link), or where others have it open.
//
// Context: called by a check, while the program may be in any state. Takes no lock, allocates nothing.
#pragma once

#include "start/options.h"

namespace gordian::rt {

// What a file's name has behind it while it is written: ".4711-123456789".
using DraftSuffix = char[48];

// A new file beside `path`, mode 0600, to be read and written; how it is called in `suffix`. -1 and errno on failure, which it is
// where a link (ELOOP), a directory (EISDIR) or no regular file at all (EEXIST) is at `path`.
int open_draft(const char* path, DraftSuffix& suffix) noexcept;

// Puts it in its place, or takes it away where `error` says that it was not written well. Returns `error`, or the errno.
int keep_draft(const char* path, const DraftSuffix& suffix, int error) noexcept;

}  // namespace gordian::rt
