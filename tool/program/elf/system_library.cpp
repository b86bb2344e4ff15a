// system_library.cpp - see system_library.h.
#include "program/elf/system_library.h"

namespace gordian {
namespace {

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

bool is_system_library(std::string_view path) {
  const std::string_view name = base_name(path);
  // With what follows the name: libdlib.so is somebody's own.
  for (const std::string_view prefix :
       {"libc.so",     "libc-2.",    "libm.so",     "libm-2.",      "libpthread.so", "libpthread-2.",
        "libdl.so",    "libdl-2.",   "librt.so",    "librt-2.",     "ld-linux-",     "ld-2.",
        "libgcc_s.so", "libgcc_s-",  "libc++.so",   "libc++abi.so", "libstdc++.so",  "libasan.so",
        "libtsan.so",  "liblsan.so", "libubsan.so", "linux-vdso",   "[vdso]"}) {
    if (name.starts_with(prefix)) {
      return true;
    }
  }
  return is_gordian_library(path);
}

bool is_gordian_library(std::string_view path) {
  return base_name(path).starts_with("libgordian");
}

}  // namespace gordian
