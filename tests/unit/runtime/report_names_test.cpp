// report_names_test.cpp - output/report_names.h: what a name says. Which names are free is for e2e.processes.
#include "output/report_names.h"

#include <unistd.h>

#include <string>

#include "catch.h"

using namespace gordian::rt;

namespace {

std::string expanded(const std::string& path) {
  char out[kLongestPath];
  return expand_name(path.c_str(), 7, out) ? out : "too long";
}

}  // namespace

TEST_CASE("%p and %n of a path become numbers, and nothing else does") {
  const std::string pid = std::to_string(::getpid());
  CHECK(expanded("/a/r-%p-%n.gsnap") == "/a/r-" + pid + "-7.gsnap");
  CHECK(expanded("%p%p") == pid + pid);
  for (const char* same : {"", "%", "/a%", "%%", "%s%d%x", "100 %"}) CHECK(expanded(same) == same);
  CHECK(expanded("%%n") == "%7");
}

TEST_CASE("a path that is too long once it is expanded is refused, not cut") {
  CHECK(expanded(std::string(kLongestPath - 3, 'a')) == std::string(kLongestPath - 3, 'a'));
  CHECK(expanded(std::string(kLongestPath - 2, 'a')) == "too long");
  std::string numbers;
  while (numbers.size() < kLongestPath - 20) numbers += "%p";
  CHECK((expanded(numbers) == "too long" || std::to_string(::getpid()).size() <= 2));
}
