// output.h - where a report goes: a file, a device, or a descriptor we already have.
//
// A file is written beside its place, mode 0600, and renamed into it: a reader sees the
// old report or the whole new one, and a link that somebody planted is replaced, not
// followed. What is no regular file (a terminal, a FIFO, /dev/full) is written to, unless it was planted.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "report/terminal.h"

namespace gordian {

class Output {
 public:
  // `path` as the user gave it. "-", /dev/stdout, /dev/stderr and /dev/fd/N are the
  // descriptors of that name; opening them anew would begin at the start of a file that
  // the program has written to. Opens and writes nothing.
  explicit Output(std::string path);

  // What it can do where it is a terminal.
  Terminal terminal() const;

  // Returns "" or, in one line, why it did not work. Not an Error: the other outputs are
  // still to be written.
  std::string write(std::string_view text) const;

 private:
  std::string write_to_file(std::string_view text) const;
  std::string write_to_device(std::string_view text) const;
  std::string failure(int error) const;

  std::string path_;
  int descriptor_ = -1;   // -1: `path_` is to be opened
  bool regular_ = false;  // or to become a regular file
  bool planted_ = false;  // no regular file, and another user may have put it there
};

// Whether another user may have put a link or a FIFO at `path` for us to fall into: it is neither ours nor
// the system's, in a directory that everybody may write.
bool is_planted(const std::string& path);

// Adds `text` in one write to the end of the regular file at `path`, no link, which others add to as well,
// unless it would then be larger than `most` bytes. Returns "" or, in one line, why it did not.
std::string append_to_file(const std::string& path, std::string_view text, std::uint64_t most);

// Whether a file is on the disk when it was written, or whenever the system likes.
enum class Durability { any, disk };

// Puts a file with that text in the place of what is at `path`, in one step. Returns 0 or the errno; then
// nothing has changed.
int replace_file(const std::string& path, std::string_view text, mode_t mode, Durability durability);

// Puts that text in the place of what is at `path`, in one step; in the file itself where `path` is that of a
// descriptor, as of a file without a name. Returns "" or, in one line, why it did not.
std::string rewrite_file(const std::string& path, std::string_view text);

// One text, and where it goes; nowhere where `path` is empty.
struct Rendering {
  std::string path;
  std::function<std::string(const Terminal& terminal)> text;
};

// Makes and writes each of them, also when one fails. Returns "" or, in one line, what failed.
std::string write_each(const std::vector<Rendering>& renderings);
// Likewise, and throws Error for what failed.
void write_all(const std::vector<Rendering>& renderings);

// Writes to standard output what was done. It stays done where nobody can be told: that is a warning.
void tell_done(const std::string& text);

// `path` with every %p replaced by `pid`, and every %n by `check`.
std::string with_numbers(const std::string& path, std::uint32_t pid, std::uint32_t check);

}  // namespace gordian
