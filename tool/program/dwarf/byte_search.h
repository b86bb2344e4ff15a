// byte_search.h - every place of some bytes in many.
//
// Sections of debug info have hundreds of megabytes, and names are short: memmem(3) takes five times as long
// as reading them. So sixteen places are looked at together, by first and last byte.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace gordian {

// Calls visit(offset) for each place of `needle` in `hay`, by ascending offset; they may overlap. An empty
// needle is nowhere.
template <class Visit>
void for_each_place(std::string_view needle, std::string_view hay, Visit&& visit) {
  using Bytes = unsigned char __attribute__((vector_size(16)));
  constexpr std::size_t kStep = 2 * sizeof(Bytes);
  if (needle.empty() || hay.size() < needle.size()) {
    return;
  }
  const std::size_t places = hay.size() - needle.size() + 1;
  const auto look = [&](std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
      if (hay[at] == needle.front() && std::memcmp(hay.data() + at, needle.data(), needle.size()) == 0) {
        visit(at);
      }
    }
  };
  const Bytes first = Bytes{} + static_cast<unsigned char>(needle.front());
  const Bytes last = Bytes{} + static_cast<unsigned char>(needle.back());
  const auto may_start = [&](const char* at) {
    Bytes starts;
    Bytes ends;
    std::memcpy(&starts, at, sizeof starts);
    std::memcpy(&ends, at + needle.size() - 1, sizeof ends);
    return (starts == first) & (ends == last);
  };
  std::size_t at = 0;
  for (; at + kStep <= places; at += kStep) {
    const auto any = may_start(hay.data() + at) | may_start(hay.data() + at + sizeof(Bytes));
    std::uint64_t halves[2];
    std::memcpy(halves, &any, sizeof halves);
    if ((halves[0] | halves[1]) != 0) {
      look(at, at + kStep);
    }
  }
  look(at, places);
}

}  // namespace gordian
