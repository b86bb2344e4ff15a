// source_file.h - a file of the user's that is kept with the sources: a suppression file, a baseline.
//
// It is read, changed and replaced in one step, or stays as it was. A link to it stays one, and so does its
// mode (that of a new one is what the umask leaves of 0666).
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace gordian {

// Held as long as this lives: another gordian waits. Where a file system knows no locks it does not.
class DirectoryLock {
 public:
  explicit DirectoryLock(const std::string& directory);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  int fd_;
};

class SourceFile {
 public:
  // Reads it, if it is there. `what` is what to name instead: "a suppression file"; it has at most `most`
  // bytes. Throws Error when it is there and cannot be read.
  SourceFile(std::string path, std::string what, std::size_t most);

  // None where there is no file.
  const std::optional<std::string>& text() const { return text_; }

  // Throws Error, and changes nothing, when that cannot be done, when the result could not be read again for
  // its size, or when somebody else has changed the file since it was read.
  void replace(const std::string& text) const;

 private:
  std::optional<std::string> read() const;

  std::string path_;    // as the user gave it
  std::string place_;   // where links lead
  DirectoryLock lock_;  // its directory's
  std::string what_;
  std::size_t most_;
  std::optional<std::string> text_;
};

}  // namespace gordian
