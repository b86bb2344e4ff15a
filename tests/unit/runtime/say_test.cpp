// say_test.cpp - base/say.h
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <string>

#include "base/say.h"
#include "catch.h"

using gordian::rt::Errno;
using gordian::rt::Line;

TEST_CASE("numbers are written in full at their limits") {
  Line line;
  line << std::numeric_limits<std::uint64_t>::max() << " " << std::numeric_limits<std::int64_t>::min() << " " << 0;
  CHECK(std::string(line.text()) == "18446744073709551615 -9223372036854775808 0");
}

TEST_CASE("an address is written as debuggers do") {
  Line line;
  line << gordian::rt::Hex{0} << " " << gordian::rt::Hex{0x7ffe00a0} << " " << gordian::rt::Hex{~std::uint64_t{0}};
  CHECK(std::string(line.text()) == "0x0 0x7ffe00a0 0xffffffffffffffff");
}

TEST_CASE("an error is written as its description, an unknown one as its number") {
  Line line;
  line << Errno{ENOSPC} << ", " << Errno{99999};
  CHECK(std::string(line.text()) == "No space left on device, error 99999");
}

TEST_CASE("a line that is too long is cut") {
  Line line;
  for (int i = 0; i < 1000; ++i) line << "0123456789";
  CHECK(line.size() == 4094);
  CHECK(std::string(line.text()).size() == 4094);
}

TEST_CASE("a full device is reported as such") {
  const int fd = open("/dev/full", O_WRONLY);
  REQUIRE(fd >= 0);
  CHECK(gordian::rt::write_all(fd, "x", 1) == ENOSPC);
  close(fd);
}
