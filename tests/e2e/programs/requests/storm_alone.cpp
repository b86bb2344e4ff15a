// storm_alone.cpp - likewise in a program with one thread: storm_alone SIGNALS exit|wait
//
// Under "exit" it ends while signals come.
#include <dlfcn.h>

#include "requests.h"

int main(int, char** argv) {
  const int signals = std::atoi(argv[1]);
  const bool exits = std::string(argv[2]) == "exit";
  serve(true);
  serve(false);
  const pid_t sender = in_child([signals](pid_t parent) {
    for (int i = 0; i < signals && getppid() == parent; ++i) {
      kill(parent, SIGUSR1);
      if (i % 4 == 0) pause_ms(1);
    }
  });
  for (int i = 0; exits ? i < 20 : waitpid(sender, nullptr, WNOHANG) == 0; ++i) {
    serve(false);
    if (void* library = dlopen("libutil.so.1", RTLD_NOW)) dlclose(library);
  }
  std::puts("weathered");
}
