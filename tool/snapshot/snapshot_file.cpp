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

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

SnapshotFile::SnapshotFile(const std::filesystem::path& path) : name_(path.string()) {
  // O_NONBLOCK: opening a FIFO that nobody writes to would wait otherwise.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) throw Error(name_ + ": cannot open the snapshot: " + std::strerror(errno));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) {
    throw Error(name_ + ": cannot read the snapshot: " + std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(name_ + ": is " + kind_of(status.st_mode) + "; a snapshot is a regular file");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
  if (size_ == 0) return;
  if (is_sealed(file.get())) bytes_ = map(file.get(), size_);
  if (bytes_ == nullptr) read(file.get());
}

void SnapshotFile::read(int fd) {
  bytes_ = map(-1, size_);
  if (bytes_ == nullptr) {
    throw Error(name_ + ": cannot read the snapshot: there is no memory for its " + std::to_string(size_) + " bytes");
  }
  constexpr std::uint64_t kMost = std::uint64_t{1} << 30;  // Linux moves at most 2 GB per call
  for (std::uint64_t at = 0; at < size_;) {
    const ssize_t got = ::pread(fd, bytes_.get() + at, std::min(size_ - at, kMost), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw fault(at, std::string("cannot be read: ") + std::strerror(errno), kDamaged);
    if (got == 0) throw fault(at, "the file became shorter while it was read", kDamaged);
    at += static_cast<std::uint64_t>(got);
  }
}

Error SnapshotFile::fault(std::uint64_t offset, const std::string& what, const std::string& advice) const {
  return Error(name_ + ": byte " + std::to_string(offset) + ": " + what + "; " + advice);
}

}  // namespace gordian
