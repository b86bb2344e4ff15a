// own_descriptor.h - descriptors that the runtime has open for longer than a few calls.
//
// A program may close all that it has not opened itself (closefrom(), close_range()) at any moment, and what it opens next gets
// our numbers. So each is noted with the file that it is of: what has become another file is neither read, written nor closed.
//
// Context: within the one check at a time, but for forget_own_descriptors(). System calls only.
#pragma once

namespace gordian::rt {

// Notes it as ours, above the three standard descriptors, should the program have closed any of them: what is said on standard
// error, and the tool's text, must not land in `fd`. Closed by exec. -1 and errno on failure, which `fd` may already be.
int own_descriptor(int fd) noexcept;

// Whether one that is noted was closed by somebody else. Never of any other.
bool is_lost(int fd) noexcept;

// If it is still ours.
void close_own(int fd) noexcept;

// In the child of a fork(), which has copies: closes them. One that shares its parent's descriptors (CLONE_FILES) closes those:
// the parent's check tells then that they are lost.
void forget_own_descriptors() noexcept;

}  // namespace gordian::rt
