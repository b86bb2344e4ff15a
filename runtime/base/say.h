// say.h - one line on stderr, by write(2) alone.
//
// Usage: say("cannot write ", path, ": ", Errno{e}); prints "gordian: cannot write ..."
// and a newline in a single write, so lines of several processes do not mix.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gordian::rt {

struct Errno {
  int value;
};

struct Hex {
  std::uint64_t value;
};

// A line under construction in a fixed buffer; what does not fit is cut.
class Line {
 public:
  Line& operator<<(const char* text) noexcept;
  Line& operator<<(std::uint64_t number) noexcept;
  Line& operator<<(std::int64_t number) noexcept;
  Line& operator<<(int number) noexcept { return *this << static_cast<std::int64_t>(number); }
  Line& operator<<(std::uint32_t number) noexcept { return *this << static_cast<std::uint64_t>(number); }
  Line& operator<<(Hex number) noexcept;   // 0x2a
  Line& operator<<(Errno error) noexcept;  // the error's description
  Line& append(const char* text, std::size_t length) noexcept;
  const char* text() noexcept;  // NUL-terminated
  std::size_t size() const noexcept { return size_; }

 private:
  static constexpr std::size_t kCapacity = 4096;
  char buffer_[kCapacity];
  std::size_t size_ = 0;
};

// Writes all of it, going on after interruptions. Returns 0 or the errno.
int write_all(int fd, const void* data, std::size_t size) noexcept;

void say_line(Line& line) noexcept;

template <class... Parts>
void say(const Parts&... parts) noexcept {
  Line line;
  line << "gordian: ";
  (line << ... << parts);
  say_line(line);
}

}  // namespace gordian::rt
