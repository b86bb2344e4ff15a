// quick_exit.cpp - quick_exit() does not tell its handlers the status: we note it on the way.
#include <stdlib.h>
#include <unistd.h>

#include "base/kernel.h"
#include "hooks/behind.h"
#include "start/exit.h"

namespace {

using QuickExit = void(int);

constinit int g_status = 0;
constinit gordian::rt::Behind<QuickExit> g_next{"quick_exit"};
__attribute__((constructor)) void find_next() { g_next.found = g_next.look_up(); }

}  // namespace

extern "C" __attribute__((visibility("default"), noreturn)) void quick_exit(int status) noexcept {
  g_status = status;
  QuickExit* const next = g_next.get();
  if (next != nullptr && next != &quick_exit) next(status);
  gordian::rt::kernel::exit_process(status);
}

namespace gordian::rt {

void at_quick_exit_check() noexcept {
  if (!is_first_to_end([] { ::at_quick_exit(at_quick_exit_check); })) return;
  const int final = status_after_check(g_status);
  if (final != (g_status & 0xff)) kernel::exit_process(final);
}

}  // namespace gordian::rt
