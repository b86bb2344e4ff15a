// output.cpp - descriptors, devices, and files that change in one step.
#include "commands/output.h"

#include <fcntl.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/error.h"
#include "commands/terminal_behind.h"

namespace gordian {
namespace {

// The number in "/dev/fd/N" and "/proc/self/fd/N", of which the other names are links; -1 for another path.
int descriptor_of(const std::string& name) {
  const std::string path = std::filesystem::path(name).lexically_normal().string();
  if (path == "-" || path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view prefix : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(prefix)) continue;
    int number = -1;
    const char* const end = path.data() + path.size();
    const auto parsed = std::from_chars(path.data() + prefix.size(), end, number);
    if (parsed.ec == std::errc{} && parsed.ptr == end && number >= 0) return number;
  }
  return -1;
}

// Returns 0 or the errno.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      // Somebody made the terminal we share non-blocking.
      pollfd wait = {fd, POLLOUT, 0};
      ::poll(&wait, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

// Returns 0 or the errno. Some file systems tell of a full disk only here.
int close_file(int fd) {
  return ::close(fd) == 0 || errno == EINTR ? 0 : errno;
}

std::string failure_of(const std::string& name, int error) {
  return error == 0 ? "" : name + ": cannot be written: " + std::strerror(error);
}

}  // namespace

int replace_file(const std::string& path, std::string_view text, mode_t mode, Durability durability) {
  std::string draft = path + ".XXXXXX";
  const int fd = ::mkostemp(draft.data(), O_CLOEXEC);  // mode 0600
  if (fd < 0) return errno;
  int error = write_all(fd, text);
  if (error == 0 && ::fchmod(fd, mode) != 0) error = errno;
  if (error == 0 && durability == Durability::disk && ::fsync(fd) != 0) error = errno;
  const int close_error = close_file(fd);
  if (error == 0) error = close_error;
  if (error == 0 && ::rename(draft.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(draft.c_str());
  return error;
}

bool is_planted(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || (!S_ISLNK(status.st_mode) && !S_ISFIFO(status.st_mode)))
    return false;
  if (status.st_uid == 0 || status.st_uid == ::geteuid()) return false;
  const auto directory = std::filesystem::path(path).parent_path();
  return ::stat(directory.empty() ? "." : directory.c_str(), &status) != 0 || (status.st_mode & S_IWOTH) != 0;
}

Output::Output(std::string path) : path_(std::move(path)), descriptor_(descriptor_of(path_)) {
  struct stat status {};
  regular_ = ::stat(path_.c_str(), &status) != 0 || S_ISREG(status.st_mode);
  planted_ = !regular_ && is_planted(path_);
}

Terminal Output::terminal() const {
  if (descriptor_ >= 0) return terminal_behind(descriptor_);
  if (regular_ || planted_) return {};
  const int fd = ::open(path_.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return {};
  Terminal terminal = terminal_behind(fd);
  ::close(fd);
  return terminal;
}

std::string Output::write(std::string_view text) const {
  if (descriptor_ >= 0) return failure(write_all(descriptor_, text));
  if (planted_)
    return path_ + ": is another user's link or FIFO where everybody may put one, and is not written to";
  return regular_ ? write_to_file(text) : write_to_device(text);
}

std::string Output::write_to_file(std::string_view text) const {
  return failure(replace_file(path_, text, 0600, Durability::any));
}

std::string Output::write_to_device(std::string_view text) const {
  const int fd = ::open(path_.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return failure(errno);
  const int error = write_all(fd, text);
  const int close_error = close_file(fd);
  return failure(error != 0 ? error : close_error);
}

std::string Output::failure(int error) const {
  return failure_of(path_ == "-" ? "standard output" : path_, error);
}

std::string append_to_file(const std::string& path, std::string_view text, std::uint64_t most) {
  // O_NONBLOCK: opening a FIFO that nobody reads would wait otherwise.
  constexpr int kFlags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  const int fd = ::open(path.c_str(), kFlags, 0600);
  if (fd < 0) return failure_of(path, errno);
  struct stat status {};
  int error = ::fstat(fd, &status) == 0 ? 0 : errno;
  if (error == 0 && !S_ISREG(status.st_mode)) {
    ::close(fd);
    return path + ": is no regular file, and nothing is added to it";
  }
  const bool room = error != 0 || static_cast<std::uint64_t>(status.st_size) + text.size() <= most;
  if (error == 0 && room) error = write_all(fd, text);
  const int close_error = close_file(fd);
  if (!room) return path + ": has no room left for the report";
  return failure_of(path, error != 0 ? error : close_error);
}

std::string rewrite_file(const std::string& path, std::string_view text) {
  if (descriptor_of(path) < 0) return failure_of(path, replace_file(path, text, 0600, Durability::any));
  const int fd = ::open(path.c_str(), O_WRONLY | O_TRUNC | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return failure_of(path, errno);
  const int error = write_all(fd, text);
  const int close_error = close_file(fd);
  return failure_of(path, error != 0 ? error : close_error);
}

std::string write_each(const std::vector<Rendering>& renderings) {
  std::string failures;
  for (const auto& rendering : renderings) {
    if (rendering.path.empty()) continue;
    const Output output(rendering.path);
    const std::string failure = output.write(rendering.text(output.terminal()));
    if (!failure.empty()) failures += (failures.empty() ? "" : "; also ") + failure;
  }
  return failures;
}

void write_all(const std::vector<Rendering>& renderings) {
  const std::string failures = write_each(renderings);
  if (!failures.empty()) throw Error(failures);
}

void tell_done(const std::string& text) {
  const std::string failure = write_each({{"-", [&](const Terminal&) { return text; }}});
  if (!failure.empty()) spdlog::warn("{}", failure);
}

std::string with_numbers(const std::string& path, std::uint32_t pid, std::uint32_t check) {
  std::string result;
  for (std::size_t at = 0; at < path.size(); ++at) {
    const char letter = path[at] == '%' && at + 1 < path.size() ? path[at + 1] : '\0';
    if (letter == 'p' || letter == 'n') {
      result += std::to_string(letter == 'p' ? pid : check);
      ++at;
    } else {
      result += path[at];
    }
  }
  return result;
}

}  // namespace gordian
