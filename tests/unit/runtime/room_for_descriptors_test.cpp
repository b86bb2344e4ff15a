// room_for_descriptors_test.cpp - process/room_for_descriptors.h.
#include "process/room_for_descriptors.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <vector>

#include "catch.h"

using namespace gordian::rt;

namespace {

rlimit limit() {
  rlimit now = {};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &now) == 0);
  return now;
}

// This many descriptors are allowed as long as it lives, and all of them are in use; or none, where `used` is false.
class Limited {
 public:
  Limited(rlim_t most, bool used) : before_(limit()) {
    const rlimit less = {most, before_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &less) == 0);
    for (int fd = -1; used && (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;) fds_.push_back(fd);
  }
  ~Limited() {
    for (const int fd : fds_) ::close(fd);
    ::setrlimit(RLIMIT_NOFILE, &before_);
  }
  Limited(const Limited&) = delete;
  Limited& operator=(const Limited&) = delete;

 private:
  rlimit before_;
  std::vector<int> fds_;
};

// How many can be opened.
int room() {
  std::vector<int> fds;
  for (int fd = -1; fds.size() < 100 && (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;) fds.push_back(fd);
  for (const int fd : fds) ::close(fd);
  return static_cast<int>(fds.size());
}

}  // namespace

TEST_CASE("who has used up the descriptors has room for a check, and the limit of before afterwards") {
  const Limited limited(96, true);
  REQUIRE(room() == 0);
  {
    const RoomForDescriptors more;
    CHECK(room() >= 20);
  }
  CHECK(limit().rlim_cur == 96);
  CHECK(room() == 0);
}

TEST_CASE("a limit below what is open leaves room, too, and so does one of none") {
  const Limited limited(150, true);
  const Limited lower(40, false);
  REQUIRE(room() == 0);
  {
    const RoomForDescriptors more;
    CHECK(room() >= 20);
  }
  CHECK(limit().rlim_cur == 40);
  const Limited none(0, false);
  const RoomForDescriptors more;
  CHECK(room() >= 20);
}

TEST_CASE("where there is room the limit stays") {
  const Limited limited(96, false);
  const RoomForDescriptors more;
  CHECK(limit().rlim_cur == 96);
}

TEST_CASE("a limit that the program sets meanwhile stays") {
  const Limited limited(96, true);
  {
    const RoomForDescriptors more;
    const rlimit own = {200, limit().rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &own) == 0);
  }
  CHECK(limit().rlim_cur == 200);
}
