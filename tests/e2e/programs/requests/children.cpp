// children.cpp - a check in a program that has children: children PREFIX fork|vfork|exec
//
// Each process has reports of its own (the prefix has its id), and those of the child are numbered from 1.
#include "requests.h"

std::string own(const std::string& prefix) { return prefix + "-" + std::to_string(getpid()); }

void check_once(const std::string& prefix, int number) {
  kill(getpid(), SIGUSR1);
  wait_for_report(own(prefix), number);
}

int main(int, char** argv) {
  const std::string prefix = argv[1];
  const std::string how = argv[2];
  int status = 0;
  if (how == "after exec") {
    serve(true);
    check_once(prefix, 1);
    return 0;
  }
  check_once(prefix, 1);
  if (how == "exec") {
    unlink((own(prefix) + "-1.json").c_str());  // the same process
    execl("/proc/self/exe", argv[0], argv[1], "after exec", nullptr);
  } else if (how == "vfork") {
    const pid_t child = vfork();
    if (child == 0) {
      kill(getpid(), SIGUSR1);  // no check in a borrowed memory
      _exit(0);
    }
    waitpid(child, &status, 0);
  } else {
    const pid_t child = fork();
    if (child == 0) {
      serve(true);
      check_once(prefix, 1);
      check_once(prefix, 2);
      return 0;
    }
    waitpid(child, &status, 0);
  }
  check_once(prefix, 2);
  std::printf("%d\n", WEXITSTATUS(status));
}
