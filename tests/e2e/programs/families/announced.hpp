// announced.hpp - smart pointers that tell gordian of objects, and with HANDLES of handles as well.
#pragma once

#include <gordian/gordian.h>

class Announced {
 public:
  Announced() { gordian_counted(this, &count_, sizeof count_); }
  Announced(const Announced&) = delete;
  Announced& operator=(const Announced&) = delete;
  ~Announced() { gordian_uncounted(this); }
  void ref() { ++count_; }
  bool unref() { return --count_ == 0; }

 private:
  unsigned long count_ = 0;
};

template <class T>
class Handle {
 public:
  Handle() = default;
  explicit Handle(T* object) { take(object); }
  Handle(const Handle& other) { take(other.object_); }
  Handle& operator=(const Handle& other) {
    Handle before(*this);
    drop();
    take(other.object_);
    return *this;
  }
  ~Handle() { drop(); }
  T* operator->() const { return object_; }
  T* get() const { return object_; }

 private:
  void take(T* object) {
    object_ = object;
    if (object == nullptr) return;
    object->ref();
    gordian_handle_taken(&object_);
  }
  void drop() {
    if (object_ == nullptr) return;
    gordian_handle_dropped(&object_);
    if (object_->unref()) delete object_;
    object_ = nullptr;
  }
  T* object_ = nullptr;
};
