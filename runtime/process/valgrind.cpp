// valgrind.cpp - see valgrind.h.
#include "process/valgrind.h"

#include <link.h>
#include <string.h>

#include <cstddef>

namespace gordian::rt {
namespace {

// ".../vgpreload_memcheck-amd64-linux.so". That of the core is always there.
bool is_malloc_of_tool(const char* path) noexcept {
  constexpr char kPreloaded[] = "vgpreload_";
  constexpr char kCore[] = "vgpreload_core-";
  const char* const slash = strrchr(path, '/');
  const char* const name = slash != nullptr ? slash + 1 : path;
  return strncmp(name, kPreloaded, sizeof kPreloaded - 1) == 0 && strncmp(name, kCore, sizeof kCore - 1) != 0;
}

}  // namespace

bool valgrind_has_malloc() noexcept {
  return ::dl_iterate_phdr(
             [](dl_phdr_info* info, std::size_t, void*) {
               return info->dlpi_name != nullptr && is_malloc_of_tool(info->dlpi_name) ? 1 : 0;
             },
             nullptr) != 0;
}

}  // namespace gordian::rt
