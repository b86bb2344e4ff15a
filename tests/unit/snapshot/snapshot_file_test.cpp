// snapshot_file_test.cpp - a file that changes between two looks at it.
#include "snapshot/snapshot_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "catch.h"
#include "snapshot/snapshot_writer.h"

using namespace gordian;
using namespace gordian::test;

namespace {

std::vector<std::byte> bytes_of(const char* text) {
  std::vector<std::byte> bytes(std::strlen(text));
  std::memcpy(bytes.data(), text, bytes.size());
  return bytes;
}

std::string loaded(const SnapshotFile& file) {
  const auto bytes = file.load();
  return {reinterpret_cast<const char*>(bytes.get()), file.size()};
}

}  // namespace

TEST_CASE("a file that becomes shorter once it is open is refused, where it would be too short") {
  MemoryFile memory(bytes_of("0123456789abcdef"));
  const SnapshotFile file(memory.path());
  CHECK(loaded(file) == "0123456789abcdef");
  memory.replace(bytes_of("0123"));
  const std::string shorter = "the file became shorter while it was read";
  CHECK_THROWS_WITH(file.load(), ContainsSubstring(shorter) && ContainsSubstring(": byte 4: "));
  std::byte four[4];
  file.read(0, four);
  CHECK_THROWS_WITH(file.read(2, four), ContainsSubstring(shorter));
  memory.replace({});
  CHECK_THROWS_WITH(file.load(), ContainsSubstring(": byte 0: " + shorter));
}

TEST_CASE("a file that becomes longer once it is open is the one that was opened") {
  MemoryFile memory(bytes_of("0123456789abcdef"));
  const SnapshotFile file(memory.path());
  memory.replace(bytes_of("0123456789abcdefghijklmnopqrstuv"));
  CHECK(file.size() == 16);
  CHECK(loaded(file) == "0123456789abcdef");
}

TEST_CASE("a file that nobody can change any more is mapped as one that is read") {
  MemoryFile memory(bytes_of("0123456789abcdef"));
  memory.seal();
  CHECK(loaded(SnapshotFile(memory.path())) == "0123456789abcdef");
}

TEST_CASE("more than there is memory for is told, and nothing is taken on a file's word") {
  const int fd = ::memfd_create("sparse", MFD_CLOEXEC);
  REQUIRE(fd >= 0);
  REQUIRE(::ftruncate(fd, std::int64_t{1} << 50) == 0);  // which costs nothing
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  CHECK_THROWS_WITH(SnapshotFile(path).load(),
                    ContainsSubstring("there is no memory for its 1125899906842624 bytes"));
  ::close(fd);
}
