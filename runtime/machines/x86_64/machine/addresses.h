// addresses.h - what addresses are like on x86-64.
#pragma once

#include <cstddef>

namespace gordian::rt {

inline constexpr unsigned kAddressBits = 47;  // of user space; higher ones must be asked for
inline constexpr unsigned kCodeAlignBits = 0;  // an instruction may begin anywhere

inline constexpr std::size_t kLargestPage = 4096;
inline std::size_t page_size() noexcept { return 4096; }

}  // namespace gordian::rt
