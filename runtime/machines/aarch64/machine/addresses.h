// addresses.h - what addresses are like on aarch64.
#pragma once

#include <sys/auxv.h>

#include <cstddef>

namespace gordian::rt {

inline constexpr unsigned kAddressBits = 48;  // of user space; higher ones (52 bits) must be asked for
inline constexpr unsigned kCodeAlignBits = 2;

// Kernels are built for pages of 4, 16 or 64 KiB.
inline constexpr std::size_t kLargestPage = 65536;
inline std::size_t page_size() noexcept { return ::getauxval(AT_PAGESZ); }

}  // namespace gordian::rt
