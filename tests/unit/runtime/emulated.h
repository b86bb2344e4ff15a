// emulated.h - says of a test that it cannot run where qemu-user runs the tests.
#pragma once

#include "catch.h"
#include "process/emulator.h"

namespace gordian::test {

// True where it cannot, and says why.
inline bool is_skipped_as_emulated(const char* why) {
  rt::note_emulator();
  if (rt::is_emulated()) WARN("skipped under an emulator: " << why);
  return rt::is_emulated();
}

inline constexpr const char* kNoVmReadv = "it has no process_vm_readv(), by which live memory is read";

}  // namespace gordian::test
