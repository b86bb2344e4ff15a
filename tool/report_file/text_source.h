// text_source.h - the bytes of a text file one after the other, and where in it we are.
//
// Reads a piece at a time, so a file may be larger than memory, or a pipe. How much may come
// without anybody having asked for more is bounded: no length in the file is believed.
#pragma once

#include <cstdint>
#include <functional>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace gordian {

class TextSource {
 public:
  // What read(2) of an open file gives. `name` is what errors call it. The file stays open, and the
  // caller's.
  TextSource(std::string name, int fd);
  // A text in memory, which must outlive the object.
  TextSource(std::string name, std::string_view text);
  TextSource(const TextSource&) = delete;
  TextSource& operator=(const TextSource&) = delete;

  const std::string& name() const { return name_; }

  // Whether all was read. Waits for more where more may come. Throws Error when reading fails.
  bool at_end();
  // The next byte; not at the end.
  char current() { return piece_[at_]; }
  void advance();

  // Up to `most` bytes from here on, which are read again afterwards. Less than the size of a piece.
  std::string_view peek(std::size_t most);

  // Lets `bytes` more be read from here on; beyond them advance() throws Error.
  void allow(std::uint64_t bytes) { allowed_ = bytes; }

  // An Error that reads "FILE:LINE:COLUMN: WHAT", of the byte read last. Columns count bytes.
  Error fault(const std::string& what) const;

 private:
  bool fill();

  std::string name_;
  std::function<std::size_t(std::span<char>)> read_;  // 0: the end
  std::vector<char> buffer_;
  std::string_view piece_;
  std::size_t at_ = 0;
  std::uint64_t allowed_ = UINT64_MAX;
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 0;
  bool line_ended_ = false;  // a line's end belongs to that line
};

// What is left of a source, as a library's parser wants it.
class TextCursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  TextCursor() = default;  // the end
  explicit TextCursor(TextSource& source) : source_(&source) {}

  char operator*() const { return source_->current(); }
  TextCursor& operator++() {
    source_->advance();
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const TextCursor& a, const TextCursor& b) { return a.at_end() == b.at_end(); }

 private:
  bool at_end() const { return source_ == nullptr || source_->at_end(); }
  TextSource* source_ = nullptr;
};

}  // namespace gordian
