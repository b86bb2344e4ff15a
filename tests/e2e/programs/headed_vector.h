// headed_vector.h - a vector that keeps its size in front of its first element, where new[] keeps a count.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

template <class Value>
class HeadedVector {
 public:
  explicit HeadedVector(std::size_t room) {
    auto* const header = static_cast<Header*>(std::malloc(sizeof(Header) + room * sizeof(Value)));
    *header = {0, room};
    first_ = reinterpret_cast<Value*>(header + 1);
  }
  ~HeadedVector() {
    while (header().size != 0) pop_back();
    std::free(&header());
  }
  void push_back(Value value) { new (first_ + header().size++) Value(std::move(value)); }
  void pop_back() { first_[--header().size].~Value(); }

 private:
  struct Header {
    std::size_t size, room;
  };
  Header& header() { return *(reinterpret_cast<Header*>(first_) - 1); }

  Value* first_;
};
