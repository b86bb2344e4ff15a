// spawns.cpp - a program that starts others is checked, and they are left alone.
// gordian: prints from a shell
// gordian: prints 3
// gordian: silent
// gordian: unless emulated by one on a machine whose own /bin/sh is started: its loader complains of our library
#include <cstdio>
#include <cstdlib>
#include <memory>

int main() {
  auto number = std::make_shared<int>(3);
  if (std::system("echo from a shell") != 0) return 1;
  std::FILE* pipe = popen("exit 3", "r");
  const int status = pclose(pipe) >> 8;
  std::printf("%d\n", status);
  return status == *number ? 0 : 1;
}
