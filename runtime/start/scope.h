// scope.h - scopes of the program's run: a test case, or a part of one.
//
// Whatever is made while a scope is open, by whichever thread, is the scope's, or the innermost one's where two are open. When
// it ends, what it has left alive is checked by itself: what was there before counts as owned. From then on it is
// of the scope around it, or of none where it was reported, and never of one that begins later. The check at exit tells of all once more, in all reports that are asked for.
#pragma once

#include "start/check.h"

namespace gordian::rt {

// A child whose parent had threads (start/fork.h) is one scope, from the fork to its end: none begins or ends in it.
void begin_scope_of_child() noexcept;
// Its level, or 0: what is made elsewhere is nothing that a check tells of.
unsigned scope_of_child() noexcept;

// Returns the scope's level, 1 or 2; 0 where nothing can be checked (at exit it is said why), two are open already, or
// in such a child.
unsigned begin_scope() noexcept;
// How many are open: the level of the innermost. A child's own is not counted.
unsigned open_scopes() noexcept;

// Ends the scope of that level, and one inside it. Must be called inside the runtime (inside.h). `framework_calls`: see
// CheckRequest.
Verdict end_scope(unsigned level, bool framework_calls) noexcept;

// Likewise without a check.
void leave_scope(unsigned level) noexcept;
// Likewise, but what it has left alive is accepted, for that reason.
void end_scope_of_expected_leaks(unsigned level, const char* reason) noexcept;

// What the last scope that ended had to say, until the next ends; "" for nothing.
const char* scope_text() noexcept;

}  // namespace gordian::rt
