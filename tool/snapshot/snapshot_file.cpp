// snapshot_file.cpp - open, map or read, and the words of a fault.
#include "snapshot/snapshot_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace gordian {
namespace {

const char* kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a FIFO";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

// Whether nobody can change the file any more.
bool is_sealed(int fd) {
  constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_WRITE;
  const int seals = ::fcntl(fd, F_GET_SEALS);
  return seals >= 0 && (seals & kSeals) == kSeals;
}

// Pages of the file or, with fd -1, of nothing; null where there are none to be had.
std::shared_ptr<std::byte[]> map(int fd, std::uint64_t size) {
  const int source = fd < 0 ? MAP_ANONYMOUS : 0;
  void* const pages = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | source, fd, 0);
  if (pages == MAP_FAILED) return nullptr;
  return {static_cast<std::byte*>(pages), [size](std::byte* bytes) { ::munmap(bytes, size); }};
}

}  // namespace

SnapshotFile::SnapshotFile(const std::filesystem::path& path) : name_(path.string()) {
  // O_NONBLOCK: opening a FIFO that nobody writes to would wait otherwise.
  fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd_ < 0) throw Error(name_ + ": cannot open the snapshot: " + std::strerror(errno));
  struct stat status {};
  std::string problem;
  if (::fstat(fd_, &status) != 0) {
    problem = std::string("cannot read the snapshot: ") + std::strerror(errno);
  } else if (!S_ISREG(status.st_mode)) {
    problem = std::string("is ") + kind_of(status.st_mode) + "; a snapshot is a regular file";
  }
  if (!problem.empty()) {
    ::close(fd_);  // a constructor that throws has no destructor run
    throw Error(name_ + ": " + problem);
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
}

SnapshotFile::~SnapshotFile() {
  ::close(fd_);
}

void SnapshotFile::read(std::uint64_t offset, std::span<std::byte> to) const {
  constexpr std::size_t kMost = std::size_t{1} << 30;  // Linux moves at most 2 GB per call
  while (!to.empty()) {
    const ssize_t got = ::pread(fd_, to.data(), std::min(to.size(), kMost), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw fault(offset, std::string("cannot be read: ") + std::strerror(errno), kDamaged);
    if (got == 0) throw fault(offset, "the file became shorter while it was read", kDamaged);
    to = to.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
}

std::shared_ptr<std::byte[]> SnapshotFile::load() const {
  if (is_sealed(fd_)) {
    if (auto bytes = map(fd_, size_)) return bytes;
  }
  auto bytes = map(-1, size_);
  if (bytes == nullptr) {
    throw Error(name_ + ": cannot read the snapshot: there is no memory for its " + std::to_string(size_) +
                " bytes");
  }
  read(0, {bytes.get(), size_});
  return bytes;
}

Error SnapshotFile::fault(std::uint64_t offset, const std::string& what, const std::string& advice) const {
  return Error(name_ + ": byte " + std::to_string(offset) + ": " + what + "; " + advice);
}

}  // namespace gordian
