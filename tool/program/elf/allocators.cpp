// allocators.cpp - see allocators.h.
#include "program/elf/allocators.h"

#include <algorithm>
#include <iterator>

namespace gordian {
namespace {

constexpr Sanitizer kSanitizers[] = {
    {"AddressSanitizer", "asan", "__asan_init", true},
    {"ThreadSanitizer", "tsan", "__tsan_init", false},
    {"LeakSanitizer", "lsan", "__lsan_init", false},
    {"MemorySanitizer", "msan", "__msan_init", false},
    {"HWAddressSanitizer", "hwasan", "__hwasan_init", false},
};

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

// A library that the program needs comes behind ours, so malloc and the plain forms of new and
// delete are ours. The other forms (sized, arrays) are not, and those of an allocator do not call
// the plain ones as the C++ library's do: it would be handed blocks that it never gave.
const std::string* allocator_of(const Executable& program) {
  const auto is_allocator = [](const std::string& needed) {
    constexpr const char* kAllocators[] = {"libtcmalloc", "libjemalloc", "libmimalloc", "libtbbmalloc_proxy"};
    return std::any_of(std::begin(kAllocators), std::end(kAllocators),
                       [&](const char* name) { return needed.rfind(name, 0) == 0; });
  };
  const auto found = std::find_if(program.needed.begin(), program.needed.end(), is_allocator);
  return found != program.needed.end() ? &*found : nullptr;
}

}  // namespace gordian
