// report_names.h - the files that this process writes: no other process's are overwritten.
//
// %p in a name is the process id. Ids come again: later, in another container, in the same process after exec. So where
// such a file is there before this process has written any, %p is "4711-2", "4711-3" and so on. Two processes of one id, in two
// namespaces, may look at once: until a report is there, a locked file beside it says that its name is taken
// ("report-4711.json.claimed").
//
// A name without %p is that of the process which was started, and is replaced by its next run. A child that was forked puts
// its id in front of the ending ("report-4712.json") and writes only what it has found; but where the first process is gone, as
// after daemon(3), the first child takes the name as it is.
//
// Context: within the one check at a time, but for what says otherwise.
#pragma once

#include <cstdint>

#include "start/options.h"

namespace gordian::rt {

// At the start, once the options are read.
void note_first_process() noexcept;
// In a child: it has written nothing.
void forget_names() noexcept;

// Whether only findings are written, as this is a child whose parent writes all that was asked for.
bool writes_only_findings() noexcept;

// Before the files of that check are written.
void claim_names(std::uint32_t check) noexcept;
// The file for what the user calls `path`. False where its name is too long.
bool expand_name(const char* path, std::uint32_t check, char (&out)[kLongestPath]) noexcept;
// Once they are.
void drop_claims() noexcept;

}  // namespace gordian::rt
