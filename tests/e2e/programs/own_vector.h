// own_vector.h - a vector as programs write their own: nothing says what lies behind its pointer.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

template <class Value>
class Vector {
 public:
  Vector() = default;
  explicit Vector(std::size_t room) : first_(static_cast<Value*>(std::malloc(room * sizeof(Value)))), room_(room) {}
  ~Vector() { clear(); }
  void pop_back() { first_[--size_].~Value(); }
  void push_back(Value value) {
    if (size_ == room_) grow();
    new (first_ + size_++) Value(std::move(value));
  }

 private:
  void grow() {
    room_ = 2 * room_ + 2;
    auto* const first = static_cast<Value*>(std::malloc(room_ * sizeof(Value)));
    for (std::size_t i = 0; i < size_; ++i) new (first + i) Value(std::move(first_[i]));
    clear();
    first_ = first;
  }
  void clear() {
    for (std::size_t i = 0; i < size_; ++i) first_[i].~Value();
    std::free(first_);
  }
  Value* first_ = nullptr;
  std::size_t size_ = 0, room_ = 0;
};
