// whose_signal.cpp - the program has the signal for itself: whose_signal handler|sigwait|blocked
#include "requests.h"

volatile sig_atomic_t handled = 0;

int main(int, char** argv) {
  const std::string how = argv[1];
  serve(true);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  if (how == "handler") {
    signal(SIGUSR1, [](int) { handled = handled + 1; });
  } else {
    sigprocmask(SIG_BLOCK, &set, nullptr);
  }
  for (int i = 0; i < 3; ++i) {
    kill(getpid(), SIGUSR1);
    int got = 0;
    if (how == "sigwait" && sigwait(&set, &got) == 0) handled = handled + (got == SIGUSR1);
  }
  std::printf("%d\n", static_cast<int>(handled));
}
