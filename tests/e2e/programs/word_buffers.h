// word_buffers.h - what two programs here share: callbacks with a small buffer of something else than bytes.
#pragma once

#include <memory>
#include <new>
#include <utility>

template <class Buffer>
class Callback {
 public:
  template <class F>
  void set(F f) {
    static_assert(sizeof(F) <= sizeof buffer_);
    reset();
    new (&buffer_) F(std::move(f));
    call_ = [](void* place) { (*static_cast<F*>(place))(); };
    destroy_ = [](void* place) { static_cast<F*>(place)->~F(); };
  }
  void reset() {
    if (destroy_ != nullptr) destroy_(&buffer_);
    destroy_ = nullptr;
  }
  ~Callback() { reset(); }

 private:
  Buffer buffer_ = {};
  void (*call_)(void*) = nullptr;
  void (*destroy_)(void*) = nullptr;
};

template <class Buffer>
struct Button {
  Callback<Buffer> on_click;
  int clicks = 0;
};
