// say.cpp - see say.h.
#include "base/say.h"

#include <string.h>

#include <cerrno>

#include "base/kernel.h"
#include "base/standard_error.h"
#include "base/write_signals.h"

namespace gordian::rt {

Line& Line::append(const char* text, std::size_t length) noexcept {
  const std::size_t room = kCapacity - 2 - size_;  // newline and NUL always fit
  if (length > room) length = room;
  memcpy(buffer_ + size_, text, length);
  size_ += length;
  return *this;
}

Line& Line::operator<<(const char* text) noexcept { return append(text, strlen(text)); }

namespace {

void append_digits(Line& line, std::uint64_t number, unsigned base) noexcept {
  char digits[20];
  std::size_t at = sizeof digits;
  do {
    digits[--at] = "0123456789abcdef"[number % base];
    number /= base;
  } while (number != 0);
  line.append(digits + at, sizeof digits - at);
}

}  // namespace

Line& Line::operator<<(std::uint64_t number) noexcept {
  append_digits(*this, number, 10);
  return *this;
}

Line& Line::operator<<(Hex number) noexcept {
  append("0x", 2);
  append_digits(*this, number.value, 16);
  return *this;
}

Line& Line::operator<<(std::int64_t number) noexcept {
  if (number >= 0) return *this << static_cast<std::uint64_t>(number);
  append("-", 1);
  return *this << (~static_cast<std::uint64_t>(number) + 1);
}

Line& Line::operator<<(Errno error) noexcept {
  // Not strerror(): that one may load locale files and allocate.
  const char* description = ::strerrordesc_np(error.value);
  if (description != nullptr) return *this << description;
  return *this << "error " << error.value;
}

const char* Line::text() noexcept {
  buffer_[size_] = '\0';
  return buffer_;
}

int write_all(int fd, const void* data, std::size_t size) noexcept {
  const WriteSignalsTaken taken;
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t n = kernel::write(fd, at, size);
    if (n < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    at += n;
    size -= static_cast<std::size_t>(n);
  }
  return 0;
}

void say_line(Line& line) noexcept {
  const int saved = errno;
  line << "\n";
  write_all(standard_error(), line.text(), line.size());
  errno = saved;
}

}  // namespace gordian::rt
