// clean_test.cpp - the same test with a callback that owns nothing.
#include "session.h"

int main() {
  bool told = false;
  auto session = std::make_shared<Session>();
  session->on_close = [weak = std::weak_ptr(session), &told] { told = weak.lock() && !weak.lock()->open; };
  session->close();
  return told ? 0 : 1;
}
