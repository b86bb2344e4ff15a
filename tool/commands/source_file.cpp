// source_file.cpp - see source_file.h.
#include "commands/source_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/text_file.h"
#include "commands/output.h"

namespace gordian {
namespace {

// What is at the end of the links that `path` may be. A link to nothing is not taken for a place: who made it
// meant another one. Nor is one of another user's, who may have put it there.
std::string place_of(const std::string& path) {
  if (is_planted(path))
    throw Error(path + ": is another user's link or FIFO where everybody may put one, and is not followed");
  std::error_code error;
  const auto place = std::filesystem::canonical(path, error);
  if (!error) return place.string();
  std::error_code ignored;
  if (std::filesystem::is_symlink(std::filesystem::symlink_status(path, ignored)))
    throw Error(path + ": is a link that leads nowhere: " + error.message());
  if (error != std::errc::no_such_file_or_directory) throw Error(path + ": " + error.message());
  return path;
}

std::string directory_of(const std::string& place) {
  const auto directory = std::filesystem::path(place).parent_path();
  return directory.empty() ? "." : directory.string();
}

}  // namespace

DirectoryLock::DirectoryLock(const std::string& directory)
    : fd_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (fd_ >= 0) ::flock(fd_, LOCK_EX);
}

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) ::close(fd_);
}

SourceFile::SourceFile(std::string path, std::string what, std::size_t most)
    : path_(std::move(path)),
      place_(place_of(path_)),
      lock_(directory_of(place_)),  // the file itself is replaced
      what_(std::move(what)),
      most_(most),
      text_(read()) {}

std::optional<std::string> SourceFile::read() const {
  std::error_code error;
  const auto status = std::filesystem::status(place_, error);
  if (status.type() == std::filesystem::file_type::not_found) return std::nullopt;
  return read_text_file(path_, what_, most_);
}

void SourceFile::replace(const std::string& text) const {
  if (text.size() > most_) throw Error(path_ + ": would become too large for " + what_);
  if (read() != text_) throw Error(path_ + ": was changed meanwhile, and is left as it is; try again");
  struct stat status {};
  mode_t mode = 0;
  if (::stat(place_.c_str(), &status) == 0) {
    if (::access(place_.c_str(), W_OK) != 0)
      throw Error(path_ + ": cannot be written: " + std::strerror(errno));
    mode = status.st_mode & 07777;
  } else {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    mode = 0666 & ~mask;
  }
  if (const int error = replace_file(place_, text, mode, Durability::disk); error != 0)
    throw Error(path_ + ": cannot be written: " + std::strerror(error));
}

}  // namespace gordian
