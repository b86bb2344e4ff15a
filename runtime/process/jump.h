// jump.h - whether the address of a function is that of a jump to it.
#pragma once

#include <dlfcn.h>
#include <link.h>

namespace gordian::rt {

// In code that is not position independent, the address of a function elsewhere is that of a jump to it in the program
// itself; the symbol says "undefined" all the same. Where it leads cannot be asked. Waits for the loader's lock.
inline bool is_jump(const void* function) noexcept {
  Dl_info place = {};
  void* entry = nullptr;
  if (::dladdr1(function, &place, &entry, RTLD_DL_SYMENT) == 0 || entry == nullptr) return false;
  return static_cast<const ElfW(Sym)*>(entry)->st_shndx == SHN_UNDEF;
}

}  // namespace gordian::rt
