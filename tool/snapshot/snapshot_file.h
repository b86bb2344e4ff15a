// snapshot_file.h - the bytes of a snapshot, and how a fault in them is told.
//
// The snapshot that a program hands on when it ends is a memfd, sealed: nobody can change it any more, so it is
// mapped. Any other file is read: somebody who shortens it meanwhile then costs an error message, not a SIGBUS. The
// file need not have a name: /proc/self/fd/N is the memfd's usual path.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/error.h"

namespace gordian {

// What to do about a fault, as the end of its message.
inline constexpr const char* kCutShort =
    "the program was probably killed while writing, or the disk was full";
inline constexpr const char* kDamaged = "the file is damaged; run the program again for a new one";

class SnapshotFile {
 public:
  // Opens `path`. Throws Error when that fails, or when it is no regular
  // file: waiting on a FIFO for a snapshot would be waiting for ever.
  explicit SnapshotFile(const std::filesystem::path& path);
  ~SnapshotFile();
  SnapshotFile(const SnapshotFile&) = delete;
  SnapshotFile& operator=(const SnapshotFile&) = delete;

  std::uint64_t size() const { return size_; }

  // Fills `to` with the bytes from `offset` on, which the caller knows to lie inside
  // size(). Throws Error when the file has become shorter or cannot be read.
  void read(std::uint64_t offset, std::span<std::byte> to) const;

  // All of it, on a page boundary: mapped or read. To be changed, if at all, for oneself: the file stays as it is.
  // Throws as read() does, or when there is no memory for it.
  std::shared_ptr<std::byte[]> load() const;

  // An Error that reads "FILE: byte OFFSET: WHAT; ADVICE".
  Error fault(std::uint64_t offset, const std::string& what, const std::string& advice) const;

 private:
  std::string name_;
  int fd_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace gordian
