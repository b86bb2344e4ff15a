// session.h - what the two tests of this project test.
#pragma once

#include <functional>
#include <memory>

// Calls back when it is closed.
struct Session {
  std::function<void()> on_close;
  bool open = true;

  void close() {
    open = false;
    if (on_close) on_close();
  }
};
