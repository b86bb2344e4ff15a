// earlier.h - what the check before has found, for the next one to say what is new.
//
// A program may check more than once: at gordian_check(), on a signal, at its end. The tool knows what a finding is,
// and is another process each time. So it hands over what it has found as text, which is kept here and given to the
// next one.
//
// Context: within the one check at a time.
#pragma once

#include <cstdint>

namespace gordian::rt {

// The number of the check that begins now: 1 for the first of the process.
std::uint32_t number_check() noexcept;

// Whether there was a check before that could tell.
bool has_earlier() noexcept;

// Writes to the empty file `fd` which check was before and how many seconds ago, and what it has found; nothing where
// there was none. False when that cannot be written.
bool write_earlier(int fd) noexcept;

// Check `number` is done: the next one is compared with what the tool has put into `fd` in place of that; -1: it
// found nothing. Where the program has closed `fd` meanwhile, the next one knows of no check before.
void keep_found(std::uint32_t number, int fd) noexcept;

// In the child of a fork(): its first check is to come.
void forget_earlier() noexcept;

}  // namespace gordian::rt
