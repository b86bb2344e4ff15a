// forks.cpp - children that are forked while checks run: forks COUNT
//
// None of them waits for a lock that a thread of the parent's has, each has the parent's signal actions, and each can
// be checked when it ends.
#include <link.h>

#include "requests.h"

bool is_default(int signal) {
  struct sigaction action;
  sigaction(signal, nullptr, &action);
  return (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == SIG_DFL;
}

int main(int, char** argv) {
  int hung = 0;
  int otherwise = 0;
  serve(false);
  for (int left = std::atoi(argv[1]); left > 0; --left) {
    kill(getpid(), SIGUSR1);
    pause_ms(left % 8 == 0 ? 2 : 0);
    const pid_t child = fork();
    if (child == 0) {
      alarm(10);
      dl_iterate_phdr([](dl_phdr_info*, std::size_t, void*) { return 0; }, nullptr);
      std::exit(is_default(SIGXFSZ) && is_default(SIGURG) ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    hung += WIFSIGNALED(status) ? 1 : 0;
    otherwise += WIFEXITED(status) && WEXITSTATUS(status) != 0 ? 1 : 0;
  }
  std::printf("%d hung, %d ended otherwise\n", hung, otherwise);
}
