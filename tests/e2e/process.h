// process.h - runs a program to its end and keeps what it said and what it took.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gordian::e2e {

struct Command {
  std::vector<std::string> arguments;              // the program's path first
  std::map<std::string, std::string> environment;  // on top of ours; ours without GORDIAN_OPTIONS and CI's
  bool merge_output = false;                       // stderr goes where stdout goes, as with 2>&1
  unsigned short terminal_columns = 0;             // both go to one terminal of that width; 0: to none
  std::string directory;                           // where the program starts; "" is where we are
  unsigned longest_seconds = 100;                  // one that hangs is told by its name, not by its test's
};

struct Outcome {
  int status = 0;  // exit code, or 128 + the signal that ended it
  std::string out;
  std::string err;
  double seconds = 0;
  std::int64_t peak_bytes = 0;  // largest resident set, of the program or of one it waited for
};

// Throws std::system_error when the program cannot be started. The program gets
// SIGKILL should we die first, e.g. by ctest's timeout.
Outcome run(const Command& command);

// Whether qemu-user or the like runs us, and so what we start.
bool is_emulated();

// An empty directory of our own below the system's temporary one, removed with all it holds.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// The whole file, or "" when it cannot be read.
std::string file_text(const std::filesystem::path& path);

}  // namespace gordian::e2e
