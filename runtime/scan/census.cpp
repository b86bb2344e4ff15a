// census.cpp - see census.h. A hash table of indexes, at most half full.
#include "scan/census.h"

namespace gordian::rt {
namespace {

class Counter {
 public:
  explicit Counter(PageArray<CensusEntry>& census) noexcept : census_(census) {}

  bool count(std::uint32_t class_index, std::uint32_t stack) noexcept {
    if ((census_.size() + 1) * 2 > places_.size() && !grow()) return false;
    std::uint32_t& place = place_of(class_index, stack);
    if (place == kFree) {
      place = static_cast<std::uint32_t>(census_.size());
      census_.push({class_index, stack, 0});
      if (census_.failed()) return false;
    }
    ++census_[place].objects;
    return true;
  }

 private:
  static constexpr std::uint32_t kFree = ~std::uint32_t{0};

  std::uint32_t& place_of(std::uint32_t class_index, std::uint32_t stack) noexcept {
    const std::size_t mask = places_.size() - 1;
    const std::uint64_t key = std::uint64_t{class_index} << 32 | stack;
    std::size_t i = key * 0x9e3779b97f4a7c15u >> 32 & mask;
    for (; places_[i] != kFree; i = (i + 1) & mask) {
      const CensusEntry& entry = census_[places_[i]];
      if (entry.class_index == class_index && entry.stack == stack) break;
    }
    return places_[i];
  }

  bool grow() noexcept {
    if (!places_.resize(places_.empty() ? 1024 : places_.size() * 2)) return false;
    for (std::uint32_t& place : places_) place = kFree;
    for (std::uint32_t i = 0; i < census_.size(); ++i) place_of(census_[i].class_index, census_[i].stack) = i;
    return true;
  }

  PageArray<CensusEntry>& census_;
  PageArray<std::uint32_t> places_;
};

}  // namespace

bool take_census(const Objects& objects, PageArray<CensusEntry>& census) noexcept {
  Counter counter(census);
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    const Object& object = objects[i];
    if (object.expired() || object.is_stray()) continue;
    if (!counter.count(object.class_index, object.stack)) return false;
  }
  return true;
}

}  // namespace gordian::rt
