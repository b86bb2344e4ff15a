// text_source.cpp - pieces of a file, and the count of its lines.
#include "report_file/text_source.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace gordian {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

}  // namespace

TextSource::TextSource(std::string name, int fd) : name_(std::move(name)), buffer_(kPiece) {
  read_ = [this, fd](std::span<char> to) -> std::size_t {
    for (;;) {
      const ssize_t got = ::read(fd, to.data(), to.size());
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) throw Error(name_ + ": cannot be read: " + std::strerror(errno));
    }
  };
}

TextSource::TextSource(std::string name, std::string_view text)
    : name_(std::move(name)), read_([](std::span<char>) { return std::size_t{0}; }), piece_(text) {}

bool TextSource::fill() {
  const std::size_t got = read_(buffer_);
  piece_ = std::string_view(buffer_.data(), got);
  at_ = 0;
  return got != 0;
}

bool TextSource::at_end() {
  return at_ == piece_.size() && !fill();
}

void TextSource::advance() {
  if (std::exchange(line_ended_, piece_[at_] == '\n')) {
    ++line_;
    column_ = 0;
  }
  ++column_;
  ++at_;
  if (allowed_ == 0) throw fault("is larger than anything that gordian writes in one piece");
  --allowed_;
}

std::string_view TextSource::peek(std::size_t most) {
  // A pipe gives what there is. What was read already stays at the front.
  while (piece_.size() - at_ < most && !buffer_.empty()) {
    const std::size_t kept = piece_.size() - at_;
    std::copy_n(piece_.begin() + static_cast<std::ptrdiff_t>(at_), kept, buffer_.begin());
    const std::size_t got = read_(std::span(buffer_).subspan(kept));
    piece_ = std::string_view(buffer_.data(), kept + got);
    at_ = 0;
    if (got == 0) break;
  }
  return piece_.substr(at_, most);
}

Error TextSource::fault(const std::string& what) const {
  return Error(name_ + ":" + std::to_string(line_) + ":" +
               std::to_string(std::max<std::uint64_t>(column_, 1)) + ": " + what);
}

}  // namespace gordian
