// smash.hpp - what the programs of this folder share: a ring that is to be found, and ways to overwrite another.
#pragma once

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

constexpr std::size_t kPage = 4096;

struct Healthy {
  std::shared_ptr<Healthy> self;
};
inline void leak_healthy() {
  auto healthy = std::make_shared<Healthy>();
  healthy->self = healthy;
}

struct Victim {
  std::shared_ptr<Victim> self;
  std::uint64_t more[4] = {};
};

// The control block of an object, as the handle has it.
template <class T>
std::uint64_t* control_of(const std::shared_ptr<T>& handle) {
  std::uint64_t* words[2];
  std::memcpy(words, &handle, sizeof words);
  return words[1];
}
// That of an object which only it itself owns.
inline std::uint64_t* leak_victim() {
  auto victim = std::make_shared<Victim>();
  victim->self = victim;
  return control_of(victim);
}
inline void set_counts(std::uint64_t* control, int use, int weak) {
  const int counts[] = {use, weak};
  std::memcpy(control + 1, counts, sizeof counts);
}

// A block of three pages.
inline char* three_pages() { return static_cast<char*>(std::memset(std::aligned_alloc(kPage, 3 * kPage), 0, 3 * kPage)); }
