// ref_ptr.hpp - a class that counts its handles, and its handle, with the members of gordian/intrusive.hpp.
#pragma once

#include <gordian/intrusive.hpp>

#include <utility>

template <class Number>
class Counted {
 public:
  Counted() = default;
  Counted(const Counted&) {}
  Counted& operator=(const Counted&) { return *this; }
  virtual ~Counted() = default;
  void ref() { refs_++; }
  bool unref() { return --refs_ == 0; }

 private:
  gordian::counted<Number> refs_{0};
};

template <class T>
class RefPtr {
 public:
  RefPtr() = default;
  explicit RefPtr(T* object) : object_(object) {
    if (object_ != nullptr) object_->ref();
  }
  RefPtr(const RefPtr& other) : RefPtr(other.get()) {}
  RefPtr(RefPtr&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  RefPtr& operator=(const RefPtr& other) {
    T* const before = object_;
    if (other.object_) other.object_->ref();
    object_ = other.object_;
    if (before != nullptr && before->unref()) delete before;
    return *this;
  }
  RefPtr& operator=(RefPtr&& other) noexcept {
    if (this == &other) return *this;
    reset();
    object_ = std::move(other.object_);
    return *this;
  }
  ~RefPtr() { reset(); }
  void reset() {
    T* const before = object_;
    object_ = nullptr;
    if (before != nullptr && before->unref()) delete before;
  }
  void swap(RefPtr& other) noexcept { std::swap(object_, other.object_); }
  T* get() const { return object_; }
  T* operator->() const { return object_; }

 private:
  gordian::handle<T> object_;
};
