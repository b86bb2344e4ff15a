// sanitizer_blocks.h - blocks of a program whose malloc is a sanitizer's.
#pragma once

namespace gordian::rt {

// Starts a sanitizer, and learns of each block from it where it tells all of them; else says in g_state.refusal why
// nothing is checked. Before anything that a sanitizer intercepts: libc's functions, for the most part.
void follow_sanitizer() noexcept;

}  // namespace gordian::rt
