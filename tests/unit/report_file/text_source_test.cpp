// text_source_test.cpp - bytes in order, places, bounds.
#include "report_file/text_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "catch.h"

using namespace gordian;

namespace {

std::string rest_of(TextSource& source) {
  std::string rest;
  for (; !source.at_end(); source.advance()) rest += source.current();
  return rest;
}

std::string place(TextSource& source, int steps) {
  for (int i = 0; i < steps; ++i) source.advance();
  return source.fault("x").what();
}

}  // namespace

TEST_CASE("a text comes out as it is, and an empty one has ended") {
  TextSource source("t", std::string_view("a\nb\0c", 5));
  CHECK(rest_of(source) == std::string("a\nb\0c", 5));
  TextSource empty("t", "");
  CHECK(empty.at_end());
}

TEST_CASE("a place is a line and a column of the byte read last, and a line's end belongs to its line") {
  TextSource source("t", "ab\n\nc");
  CHECK(place(source, 0) == "t:1:1: x");
  CHECK(place(source, 1) == "t:1:1: x");
  CHECK(place(source, 2) == "t:1:3: x");
  CHECK(place(source, 1) == "t:2:1: x");
  CHECK(place(source, 1) == "t:3:1: x");
  CHECK(source.at_end());
}

TEST_CASE("more than was allowed is refused, and what is allowed anew is read") {
  TextSource source("t", "abcdef");
  source.allow(2);
  source.advance();
  source.advance();
  CHECK_THROWS_WITH(source.advance(), "t:1:3: is larger than anything that gordian writes in one piece");
  source.allow(3);
  CHECK(rest_of(source) == "def");
}

TEST_CASE("a pipe is read to its end, across pieces, also what was peeked at") {
  std::array<int, 2> ends;
  REQUIRE(::pipe(ends.data()) == 0);
  std::string all;
  for (int i = 0; i < 30'000; ++i) all += std::to_string(i) + "\n";
  std::thread writer([&] {
    for (std::size_t at = 0; at < all.size(); at += 7'777) {
      const auto part = all.substr(at, 7'777);
      CHECK(::write(ends[1], part.data(), part.size()) == static_cast<ssize_t>(part.size()));
    }
    ::close(ends[1]);
  });
  TextSource source("pipe", ends[0]);
  CHECK(source.peek(8) == "0\n1\n2\n3\n");
  source.advance();
  CHECK(source.peek(3) == "\n1\n");
  CHECK(source.peek(60'000).size() == 60'000);
  CHECK(rest_of(source) == all.substr(1));
  CHECK(source.peek(1).empty());
  writer.join();
  ::close(ends[0]);
}

TEST_CASE("what cannot be read is told with its reason") {
  TextSource source("here", ::open("/", O_RDONLY | O_CLOEXEC));
  CHECK_THROWS_WITH(source.at_end(), "here: cannot be read: Is a directory");
}
