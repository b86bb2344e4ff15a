// intrusive.hpp - two members with which smart pointers of your own tell gordian of their objects and handles.
//
//     class Counted {                                  template <class T>
//       ...                                            class RefPtr {
//       gordian::counted<std::atomic<int>> refs_{0};     ...
//     };                                                 gordian::handle<T> pointer_;
//                                                      };
//
// Each takes the place of what it is named for, a number or a pointer, works as that does, and has its size. gordian
// then finds cycles without debug info, and no other pointer is mistaken for a handle: weak ones of your own need not
// be told. Without the runtime each call is a test of an address, and with -DGORDIAN_OFF it is nothing. C++11 to C++23, without exceptions or RTTI, too.
//
// The object must be in a heap block of its own, as one that deletes itself is, and its count a plain number of
// handles: no flags in it. A container that moves handles as bytes, calling no constructor, has handles that nobody
// told of; their objects count as owned.
#ifndef GORDIAN_INTRUSIVE_HPP
#define GORDIAN_INTRUSIVE_HPP

#include <gordian/gordian.h>

#include <cstddef>
#include <type_traits>

namespace gordian {

// The count of a class's handles: an int, unsigned, long, a std::atomic of one, ... of 4 or 8 bytes. Copying an object
// copies no count, so neither does this: a copy constructor of yours begins with a new one.
template <class Number, bool = std::is_class<Number>::value>
class counted : public Number {
 public:
  // As a Number is made without a value.
  counted() noexcept : Number() { announce(); }
  // As a Number is made of a value.
  template <class Value>
  counted(Value value) noexcept : Number(value) {
    announce();
  }
  counted(const counted&) = delete;
  counted& operator=(const counted&) = delete;
  ~counted() { gordian_uncounted(this); }
  using Number::operator=;

 private:
  void announce() noexcept {
    static_assert(sizeof(counted) == 4 || sizeof(counted) == 8, "gordian reads counts of 4 or 8 bytes");
    gordian_counted(this, this, sizeof *this);
  }
};

// Likewise where the count is a number and no class.
template <class Number>
class counted<Number, false> {
 public:
  // A count that starts at `value`.
  counted(Number value = 0) noexcept : value_(value) {
    static_assert(std::is_integral<Number>::value && (sizeof(Number) == 4 || sizeof(Number) == 8),
                  "gordian reads counts of 4 or 8 bytes");
    gordian_counted(this, &value_, sizeof value_);
  }
  counted(const counted&) = delete;
  counted& operator=(const counted&) = delete;
  ~counted() { gordian_uncounted(this); }
  // The count is `value` now.
  counted& operator=(Number value) noexcept {
    value_ = value;
    return *this;
  }
  // The number: whatever can be done with one can be done with this.
  operator Number&() noexcept { return value_; }
  // Likewise.
  operator const Number&() const noexcept { return value_; }

 private:
  Number value_;
};

// The pointer in a handle: while it is not null, it is one of those that the object counts. Moved from, it is null.
template <class T>
class handle {
 public:
  // Null.
  constexpr handle() noexcept = default;
  // Null.
  constexpr handle(std::nullptr_t) noexcept {}
  // Counts for `object`, if that is not null.
  handle(T* object) noexcept : counted_pointer_(object) { taken(); }
  // One more that counts for the other's object.
  handle(const handle& other) noexcept : counted_pointer_(other.counted_pointer_) { taken(); }
  // Counts in place of the other.
  handle(handle&& other) noexcept { take_from(other); }
  ~handle() { dropped(); }

  // Counts for `object` now, if that is not null.
  handle& operator=(T* object) noexcept {
    if (object == counted_pointer_) return *this;
    dropped();
    counted_pointer_ = object;
    taken();
    return *this;
  }
  // One more that counts for the other's object.
  handle& operator=(const handle& other) noexcept { return *this = other.counted_pointer_; }
  // Counts in place of the other.
  handle& operator=(handle&& other) noexcept {
    if (this == &other) return *this;
    dropped();
    take_from(other);
    return *this;
  }
  // Each counts for what the other did.
  friend void swap(handle& one, handle& other) noexcept {
    T* const object = one.counted_pointer_;
    one.counted_pointer_ = other.counted_pointer_;
    other.counted_pointer_ = object;
    gordian_handles_swapped(&one.counted_pointer_, &other.counted_pointer_);
  }

  // The pointer: whatever can be done with one can be done with this.
  operator T*() const noexcept { return counted_pointer_; }
  // Likewise.
  T* operator->() const noexcept { return counted_pointer_; }

 private:
  void taken() noexcept {
    if (counted_pointer_ != nullptr) gordian_handle_taken(&counted_pointer_);
  }
  void dropped() noexcept {
    if (counted_pointer_ != nullptr) gordian_handle_dropped(&counted_pointer_);
  }
  // The place where the other was taken comes along.
  void take_from(handle& other) noexcept {
    counted_pointer_ = other.counted_pointer_;
    other.counted_pointer_ = nullptr;
    if (counted_pointer_ != nullptr) gordian_handles_swapped(&other.counted_pointer_, &counted_pointer_);
  }

  T* counted_pointer_ = nullptr;  // by which name reports leave it out: tool/analysis/words.cpp
};

}  // namespace gordian

#endif  // GORDIAN_INTRUSIVE_HPP
