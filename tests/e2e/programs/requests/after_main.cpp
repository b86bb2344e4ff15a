// after_main.cpp - main() has ended its thread, and another one spins until the report is there: after_main PREFIX
#include <pthread.h>

#include <thread>

#include "requests.h"

int main(int, char** argv) {
  static const std::string prefix = argv[1];
  std::thread([] {
    serve(true);
    serve(false);
    pause_ms(50);  // main() is gone
    kill(getpid(), SIGUSR1);
    wait_for_report(prefix, 1);
    std::puts("last");
  }).detach();
  pthread_exit(nullptr);
}
