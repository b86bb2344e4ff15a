// program_malloc.cpp - see program_malloc.h.
#include "process/program_malloc.h"

#include <dlfcn.h>

#include "process/jump.h"
#include "process/own_module.h"

namespace gordian::rt {
namespace {

constinit ProgramMalloc g_found = {};

}  // namespace

const ProgramMalloc& program_malloc() noexcept {
  if (g_found.code == nullptr) {
    void* const code = ::dlsym(RTLD_DEFAULT, "malloc");
    const bool ours = in_own_module(reinterpret_cast<Address>(code));
    auto* const realloc = reinterpret_cast<decltype(ProgramMalloc::realloc)>(::dlsym(RTLD_DEFAULT, "realloc"));
    g_found = {code, ours, !ours && is_jump(code), realloc};
  }
  return g_found;
}

}  // namespace gordian::rt
