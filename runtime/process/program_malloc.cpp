// program_malloc.cpp - see program_malloc.h.
#include "process/program_malloc.h"

#include <dlfcn.h>

#include "process/jump.h"
#include "process/module_of.h"
#include "process/own_module.h"

namespace gordian::rt {
namespace {

constinit ProgramMalloc g_found = {};

// A program that the C++ library is a part of has both functions.
bool has_own_new() noexcept {
  const void* const found = ::dlsym(RTLD_DEFAULT, "_Znwm");
  if (found == nullptr || in_own_module(reinterpret_cast<Address>(found))) return false;
  const void* const library = ::dlsym(RTLD_DEFAULT, "__cxa_allocate_exception");
  return library == nullptr || module_of(found) != module_of(library);
}

}  // namespace

const ProgramMalloc& program_malloc() noexcept {
  if (g_found.code == nullptr) {
    void* const code = ::dlsym(RTLD_DEFAULT, "malloc");
    const bool ours = in_own_module(reinterpret_cast<Address>(code));
    auto* const realloc = reinterpret_cast<decltype(ProgramMalloc::realloc)>(::dlsym(RTLD_DEFAULT, "realloc"));
    g_found = {code, ours, !ours && is_jump(code), realloc, has_own_new()};
  }
  return g_found;
}

}  // namespace gordian::rt
