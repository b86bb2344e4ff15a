// late_signals.h - signals of the program's own that come while gordian holds its threads still.
//
// A signal whose handler is not installed with SA_RESTART ends the call that a thread waits in: so alarm() puts an end to a
// read(). One that comes while the thread is in our handler is pending until that returns. Its own handler runs then, but the
// call has been made to begin anew for our sake, would begin behind it, and wait for ever. So such a call ends with EINTR
// after all.
#pragma once

#include <ucontext.h>

#include "process/threads.h"

namespace gordian::rt {

// What handlers of the program's run as soon as ours returns.
enum class LateHandlers {
  none,
  restarting,  // they end only those calls that nothing takes up again (signal(7))
  ending,      // one of them ends every call
};

// In a handler of ours, for the thread that it interrupts.
LateHandlers late_handlers(const ucontext_t& interrupted) noexcept;

// Gives signals that were sent to the process to a paused thread that takes them: to the first one, as the kernel does, if it
// can. Otherwise who resumes first would have them, and the call that one of them is to end would go on.
void give_late_signals(const PausedThreads& threads) noexcept;

}  // namespace gordian::rt
