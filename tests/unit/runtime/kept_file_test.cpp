// kept_file_test.cpp - output/kept_file.h.
#include "output/kept_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "catch.h"
#include "commands/scratch_directory.h"

using namespace gordian::rt;
using gordian::test::contents;
using gordian::test::ScratchDirectory;

namespace {

// Why no file can be made at `path`.
int refusal(const std::string& path) {
  DraftSuffix suffix;
  const int fd = open_draft(path.c_str(), suffix);
  const int error = errno;
  if (fd >= 0) ::close(fd);
  return fd >= 0 ? 0 : error;
}

}  // namespace

TEST_CASE("a file is at its place when it is kept, and before under another name") {
  const ScratchDirectory directory;
  const std::string path = directory.file("s");
  DraftSuffix suffix;
  const int fd = open_draft(path.c_str(), suffix);
  REQUIRE(fd >= 0);
  struct stat status {};
  REQUIRE(::fstat(fd, &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
  CHECK((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
  CHECK_FALSE(std::filesystem::exists(path));
  CHECK(::write(fd, "text", 4) == 4);
  CHECK(keep_draft(path.c_str(), suffix, 0) == 0);
  CHECK(contents(path) == "text");
  CHECK(directory.files() == 1);
  ::close(fd);
}

TEST_CASE("a file that was not written well is gone, and what was at its place is not") {
  const ScratchDirectory directory;
  const std::string path = directory.file("s");
  std::ofstream(path) << "before";
  DraftSuffix suffix;
  const int fd = open_draft(path.c_str(), suffix);
  REQUIRE(fd >= 0);
  CHECK(keep_draft(path.c_str(), suffix, ENOSPC) == ENOSPC);
  CHECK(contents(path) == "before");
  CHECK(directory.files() == 1);
  ::close(fd);
}

TEST_CASE("what is no regular file is neither written to nor replaced") {
  const ScratchDirectory directory;
  CHECK(refusal(directory.file("new")) == 0);
  CHECK(refusal(directory.file("no/such")) == ENOENT);
  CHECK(refusal(directory.file("")) == EISDIR);
  CHECK(refusal("/dev/null") == EEXIST);
  REQUIRE(::mkfifo(directory.file("fifo").c_str(), 0600) == 0);
  CHECK(refusal(directory.file("fifo")) == EEXIST);
  std::filesystem::create_symlink("nowhere", directory.file("link"));
  CHECK(refusal(directory.file("link")) == ELOOP);
  CHECK(refusal(directory.file(std::string(250, 'a'))) == ENAMETOOLONG);  // with what stands behind it
}
