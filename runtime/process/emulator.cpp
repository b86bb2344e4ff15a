// emulator.cpp - see emulator.h.
#include "process/emulator.h"

#include <string.h>
#include <unistd.h>

#include "base/kernel.h"

namespace gordian::rt {
namespace {

constinit bool g_emulated = false;

}  // namespace

// The kernel tells what runs: the emulator. The emulator tells what the program is.
void note_emulator() noexcept {
  char of_kernel[256] = {};  // paths that are as long and the same so far are those of one program
  char of_process[256] = {};
  const ssize_t size = kernel::readlink(kExecutable.of_thread, of_kernel, sizeof of_kernel - 1);
  const ssize_t told = kernel::readlink(kExecutable.of_first, of_process, sizeof of_process - 1);
  g_emulated = size > 0 && told > 0 && strcmp(of_kernel, of_process) != 0;
}

bool is_emulated() noexcept { return g_emulated; }

}  // namespace gordian::rt
