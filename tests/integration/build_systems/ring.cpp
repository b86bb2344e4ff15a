// ring.cpp - leaks when it is told to, itself or in a child; it knows nothing of gordian.
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <string>

struct Ring {
  std::shared_ptr<Ring> self;
};

static void leak() {
  auto ring = std::make_shared<Ring>();
  ring->self = ring;
}

int main(int, char** argv) {
  const std::string what = argv[1];
  if (what == "leak") leak();
  if (what == "fork-leak") {
    const pid_t child = fork();
    if (child == 0) {
      leak();
      return 0;
    }
    int status = 0;
    waitpid(child, &status, 0);
  }
  return 0;
}
