// leaks_test.cpp - passes, and leaks: the session owns a callback that owns the session.
#include "session.h"

int main() {
  bool told = false;
  auto session = std::make_shared<Session>();
  session->on_close = [session, &told] { told = !session->open; };
  session->close();
  return told ? 0 : 1;
}
