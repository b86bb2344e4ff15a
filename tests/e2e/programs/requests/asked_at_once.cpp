// asked_at_once.cpp - a server that is asked when it has started, and waits for nothing.
#include "requests.h"

int main() {
  kill(getpid(), SIGUSR1);
  serve(true);
  std::puts("served");
}
