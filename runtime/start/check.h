// check.h - one check, from pausing the threads to the tool's answer.
#pragma once

#include <cstdint>

#include "base/memory.h"
#include "base/require.h"
#include "snapshot_format.h"

namespace gordian::rt {

enum class Verdict {
  clean,    // nothing that fails
  failed,   // something that fails was found, and reported
  unknown,  // gordian could not tell; a line on stderr said why
};

// Who asked for a check.
enum class CheckCause {
  program,  // by gordian_check(), a scope, or its end
  signal,
  time,  // text is written only where something came since the check before
};

struct CheckRequest {
  std::int32_t exit_status;  // the program's own, or snapshot::kNoExitStatus
  CheckCause cause = CheckCause::program;
  // What is checked was made in scopes of that level or deeper; 0 is all.
  unsigned scope = 0;
  // What lies between main() and the caller holds nothing of the scope's. Then only what is proved fails: it would
  // seem leaked if it did.
  bool framework_calls = false;
  PageArray<char>* text = nullptr;  // takes a brief report, in place of all that is asked for; not terminated
  Address asked = 0;  // what is asked is who holds the block that this points into: that is the text then
};

// In the child of a fork(): whatever check another thread was in is none of the child's.
void forget_checks() noexcept;

// Whether a check would look at memory at all. Where not, run_check() says why, if there is anything wrong.
bool can_check() noexcept;

// Must be called inside the runtime (inside.h). One check at a time; a second thread waits.
Verdict run_check(CheckRequest request) noexcept;

}  // namespace gordian::rt
