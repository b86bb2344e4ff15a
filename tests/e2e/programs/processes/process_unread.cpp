// process_unread.cpp - nobody reads its standard error any more, as after `program 2>&1 | head`: process_unread leak|clean
#include <gordian/gordian.h>
#include <unistd.h>

#include <cstdio>

#include "ring.h"

int main(int, char** argv) {
  int ends[2];
  if (pipe(ends) != 0) return 1;
  close(ends[0]);
  dup2(ends[1], STDERR_FILENO);
  close(ends[1]);
  make_ring(argv[1]);
  wipe_stack();
  gordian_check();
  std::puts("to the end");
}
