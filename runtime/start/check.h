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

struct CheckRequest {
  std::int32_t exit_status;  // the program's own, or snapshot::kNoExitStatus
  // Of a scope, what was made in it is checked and nothing is written but a short text:
  unsigned scope = 0;                      // its level; 0 is a check of everything
  bool framework_calls = false;            // what lies between main() and the caller holds nothing of the scope's
  PageArray<char>* text = nullptr;         // takes the text; not terminated
  PageArray<Address>* recorded = nullptr;  // takes the blocks that the text may tell of
};

// In the child of a fork(): whatever check another thread was in is none of the child's.
void forget_checks() noexcept;

// Must be called inside the runtime (inside.h). One check at a time; a second thread waits.
Verdict run_check(CheckRequest request) noexcept;

}  // namespace gordian::rt
