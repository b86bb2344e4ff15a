// quick_exit.cpp - quick_exit() does not tell its handlers the status: we note it on the way.
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/kernel.h"
#include "start/exit.h"

namespace {
constinit int g_status = 0;
}

extern "C" __attribute__((visibility("default"), noreturn)) void quick_exit(int status) noexcept {
  g_status = status;
  auto* next = reinterpret_cast<void (*)(int)>(::dlsym(RTLD_NEXT, "quick_exit"));
  if (next != nullptr) next(status);
  gordian::rt::kernel::exit_process(status);
}

namespace gordian::rt {

void at_quick_exit_check() noexcept {
  if (!is_first_to_end([] { ::at_quick_exit(at_quick_exit_check); })) return;
  const int final = status_after_check(g_status);
  if (final != (g_status & 0xff)) kernel::exit_process(final);
}

}  // namespace gordian::rt
