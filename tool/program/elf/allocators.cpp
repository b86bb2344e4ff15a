// allocators.cpp - see allocators.h.
#include "program/elf/allocators.h"

#include <algorithm>

namespace gordian {
namespace {

// libasan.so.8 of GCC, libclang_rt.asan-x86_64.so of clang.
bool is_library_of(const Sanitizer& sanitizer, const std::string& needed) {
  return needed.rfind(std::string("lib") + sanitizer.library + ".so", 0) == 0 ||
         needed.rfind(std::string("libclang_rt.") + sanitizer.library, 0) == 0;
}

}  // namespace

bool needs_library_of(const Executable& program, const Sanitizer& sanitizer) {
  return std::any_of(program.needed.begin(), program.needed.end(),
                     [&](const std::string& name) { return is_library_of(sanitizer, name); });
}

const Sanitizer* sanitizer_of(const Executable& program) {
  for (const auto& sanitizer : kSanitizers) {
    if (needs_library_of(program, sanitizer) || program.exported.count(sanitizer.function) != 0)
      return &sanitizer;
  }
  return nullptr;
}

const std::string* call_beside_malloc(const Executable& program) {
  for (const std::string& name : program.imported) {
    for (const char* prefix : {"mallocx", "rallocx", "mi_", "tc_"}) {
      if (name.rfind(prefix, 0) == 0) return &name;
    }
  }
  return nullptr;
}

}  // namespace gordian
