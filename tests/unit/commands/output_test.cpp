// output_test.cpp - files change in one step, devices are written to, failures are told.
#include "commands/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "catch.h"
#include "commands/scratch_directory.h"

using namespace gordian;
using namespace gordian::test;

namespace {

unsigned mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("a new file is whole, private, and alone") {
  const ScratchDirectory directory;
  const std::string path = directory.file("report.txt");
  CHECK(Output(path).write("one\n").empty());
  CHECK(contents(path) == "one\n");
  CHECK(mode_of(path) == 0600);
  CHECK(directory.files() == 1);
}

TEST_CASE("an existing file is replaced, also by nothing") {
  const ScratchDirectory directory;
  const std::string path = directory.file("report.txt");
  CHECK(Output(path).write("a long report\n").empty());
  CHECK(Output(path).write("short\n").empty());
  CHECK(contents(path) == "short\n");
  CHECK(Output(path).write("").empty());
  CHECK(contents(path).empty());
}

TEST_CASE("what is appended comes behind what is there, as long as there is room") {
  const ScratchDirectory directory;
  const std::string path = directory.file("summary.md");
  CHECK(append_to_file(path, "one\n", 8).empty());
  CHECK(append_to_file(path, "two\n", 8).empty());
  CHECK(contents(path) == "one\ntwo\n");
  CHECK(append_to_file(path, "3", 8) == path + ": has no room left for the report");
  CHECK(contents(path) == "one\ntwo\n");
  CHECK(append_to_file(directory.file("no/such.md"), "x", 8) ==
        directory.file("no/such.md") + ": cannot be written: No such file or directory");
}

TEST_CASE("a link is replaced, and what it points to stays as it was") {
  const ScratchDirectory directory;
  const std::string precious = directory.file("precious");
  std::ofstream(precious) << "precious";
  std::filesystem::create_symlink(precious, directory.file("report.txt"));
  CHECK(Output(directory.file("report.txt")).write("report").empty());
  CHECK(contents(precious) == "precious");
  CHECK(contents(directory.file("report.txt")) == "report");
}

TEST_CASE("nothing is appended to what is no regular file, and no FIFO is waited for") {
  const ScratchDirectory directory;
  const std::string precious = directory.file("precious");
  std::ofstream(precious) << "precious";
  std::filesystem::create_symlink(precious, directory.file("link"));
  CHECK(append_to_file(directory.file("link"), "x", 100) ==
        directory.file("link") + ": cannot be written: Too many levels of symbolic links");
  CHECK(contents(precious) == "precious");
  const std::string fifo = directory.file("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  CHECK(append_to_file(fifo, "x", 100) == fifo + ": cannot be written: No such device or address");
  const int reader = ::open(fifo.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  CHECK(append_to_file(fifo, "x", 100) == fifo + ": is no regular file, and nothing is added to it");
  ::close(reader);
  CHECK(append_to_file("/dev/null", "x", 100) == "/dev/null: is no regular file, and nothing is added to it");
}

TEST_CASE("a file that is rewritten is replaced, and one without a name changed") {
  const ScratchDirectory directory;
  const std::string precious = directory.file("precious");
  std::ofstream(precious) << "precious";
  std::filesystem::create_symlink(precious, directory.file("link"));
  CHECK(rewrite_file(directory.file("link"), "new").empty());
  CHECK(contents(precious) == "precious");
  CHECK(contents(directory.file("link")) == "new");
  const int fd = ::open(directory.file("").c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EOPNOTSUPP) {
    WARN("left out: this file system has no files without a name");
    return;
  }
  REQUIRE(fd >= 0);
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  CHECK(rewrite_file(path, "a long text").empty());
  CHECK(rewrite_file(path, "short").empty());
  CHECK(contents(path) == "short");
  ::close(fd);
  CHECK(directory.files() == 2);
  CHECK(rewrite_file(path, "x") == path + ": cannot be written: No such file or directory");
}

TEST_CASE("what another user put into a directory for everybody is planted, and what we or the system did is not") {
  const ScratchDirectory directory;
  const std::string link = directory.file("link");
  std::filesystem::create_symlink("/dev/null", link);
  const std::string fifo = directory.file("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const std::string file = directory.file("file");
  std::ofstream(file) << "text";
  constexpr mode_t kForEverybody = 01777;
  for (const mode_t mode : {mode_t{0700}, kForEverybody}) {
    REQUIRE(::chmod(directory.file("").c_str(), mode) == 0);
    for (const std::string& path : {link, fifo, file, directory.file("none")}) CHECK_FALSE(is_planted(path));
  }
  if (::geteuid() != 0) {
    WARN("only root can make another user's files");
    return;
  }
  for (const std::string& path : {link, fifo, file}) REQUIRE(::lchown(path.c_str(), 65534, 65534) == 0);
  CHECK(is_planted(link));
  CHECK(is_planted(fifo));
  CHECK_FALSE(is_planted(file));  // it is replaced, not written to
  const std::string planted = ": is another user's link or FIFO where everybody may put one, and is not written to";
  CHECK(Output(fifo).write("x") == fifo + planted);  // does not wait for a reader
  CHECK(Output(fifo).terminal() == Terminal());
  CHECK(Output(link).write("x") == link + planted);
  REQUIRE(::chmod(directory.file("").c_str(), 0755) == 0);
  CHECK_FALSE(is_planted(link));
  CHECK(Output(link).write("x").empty());
}

TEST_CASE("a path that cannot be written is told with the reason, and leaves nothing behind") {
  const ScratchDirectory directory;
  const std::string path = directory.file("no/such/report.txt");
  CHECK(Output(path).write("x") == path + ": cannot be written: No such file or directory");
  CHECK(Output(directory.file("")).write("x") == directory.file("") + ": cannot be written: Is a directory");
  CHECK(directory.files() == 0);
}

TEST_CASE("a full disk is told") {
  CHECK(Output("/dev/full").write("x") == "/dev/full: cannot be written: No space left on device");
}

TEST_CASE("a device is written to and stays a device") {
  CHECK(Output("/dev/null").write("x").empty());
  CHECK(std::filesystem::is_character_file("/dev/null"));
  CHECK(Output("/dev/null").terminal() == Terminal());
}

TEST_CASE("a FIFO is written to") {
  const ScratchDirectory directory;
  const std::string path = directory.file("fifo");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  std::string read;
  std::thread reader([&] { read = contents(path); });
  CHECK(Output(path).write("through a FIFO").empty());
  reader.join();
  CHECK(read == "through a FIFO");
}

TEST_CASE("a descriptor of ours is continued, not begun anew") {
  const ScratchDirectory directory;
  const std::string path = directory.file("log");
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT, 0600);
  REQUIRE(::write(fd, "before\n", 7) == 7);
  CHECK(Output("/dev/fd/" + std::to_string(fd)).write("report\n").empty());
  CHECK(Output("/proc/self/fd/" + std::to_string(fd)).write("again\n").empty());
  CHECK(Output("//dev/./fd/" + std::to_string(fd)).write("and again\n").empty());
  CHECK(Output("/dev/fd/" + std::to_string(fd)).terminal() == Terminal());
  ::close(fd);
  CHECK(contents(path) == "before\nreport\nagain\nand again\n");
  CHECK(directory.files() == 1);
}

TEST_CASE("a descriptor that is not open is told") {
  CHECK(Output("/dev/fd/987").write("x") == "/dev/fd/987: cannot be written: Bad file descriptor");
}

TEST_CASE("every %p of a path becomes the pid") {
  CHECK(with_numbers("report.txt", 4711, 3) == "report.txt");
  CHECK(with_numbers("%p", 4711, 3) == "4711");
  CHECK(with_numbers("out/%p/r-%p.json", 4711, 3) == "out/4711/r-4711.json");
  CHECK(with_numbers("r-%p-%n.json", 4711, 3) == "r-4711-3.json");
  CHECK(with_numbers("%%n", 4711, 3) == "%3");
  CHECK(with_numbers("100%", 4711, 3) == "100%");
}
