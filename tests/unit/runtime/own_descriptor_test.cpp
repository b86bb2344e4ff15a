// own_descriptor_test.cpp - base/own_descriptor.h.
#include "base/own_descriptor.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "catch.h"

using namespace gordian::rt;

namespace {

int own_file() { return own_descriptor(::memfd_create("own", MFD_CLOEXEC)); }
bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }
// Puts another file by that number, as the program does that closes it and opens something.
void replace(int fd) {
  const int other = ::memfd_create("other", MFD_CLOEXEC);
  REQUIRE(other >= 0);
  if (other == fd) return;  // the lowest that was free
  REQUIRE(::dup3(other, fd, O_CLOEXEC) == fd);
  ::close(other);
}

}  // namespace

TEST_CASE("a descriptor of ours is closed once, and is lost at no time") {
  const int fd = own_file();
  REQUIRE(fd > STDERR_FILENO);
  CHECK_FALSE(is_lost(fd));
  close_own(fd);
  CHECK_FALSE(is_open(fd));
  CHECK_FALSE(is_lost(fd));
  replace(fd);
  close_own(fd);
  CHECK(is_open(fd));
  ::close(fd);
}

TEST_CASE("one that was closed is lost, and the file that got its number is left alone") {
  const int fd = own_file();
  ::close(fd);
  CHECK(is_lost(fd));
  replace(fd);
  CHECK(is_lost(fd));
  close_own(fd);
  CHECK(is_open(fd));
  ::close(fd);
}

TEST_CASE("a number that is given to us again is that of the new file") {
  const int fd = own_file();
  ::close(fd);
  REQUIRE(own_file() == fd);
  CHECK_FALSE(is_lost(fd));
  close_own(fd);
  CHECK_FALSE(is_open(fd));
}

TEST_CASE("a descriptor that nobody has noted is never lost, and not closed") {
  for (const int fd : {-1, 1000}) {
    CHECK_FALSE(is_lost(fd));
    close_own(fd);
  }
  const int fd = ::memfd_create("foreign", MFD_CLOEXEC);
  CHECK_FALSE(is_lost(fd));
  close_own(fd);
  CHECK(is_open(fd));
  ::close(fd);
}

TEST_CASE("why there is no descriptor is left in errno") {
  errno = EMFILE;
  CHECK(own_descriptor(-1) == -1);
  CHECK(errno == EMFILE);
}

TEST_CASE("a child closes all of ours, and none that has got their numbers") {
  int fds[11];
  for (int& fd : fds) fd = own_file();
  ::close(fds[3]);
  replace(fds[3]);
  forget_own_descriptors();
  for (const int fd : fds) CHECK(is_open(fd) == (fd == fds[3]));
  ::close(fds[3]);
}
