// frames.h - return addresses as functions, files and lines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gordian {

struct Frame {
  std::optional<std::string> function;  // demangled and tidied; none without symbols
  std::optional<std::string> file;      // as the debug info has it, made absolute where its compilation directory is known
  std::optional<int> line;
  std::string module;                   // path of the module, "" for an address in none
  std::uint64_t offset = 0;             // of the call, from the module's link-time 0
  bool inlined = false;                 // inlined into the next frame of the list
};

class FrameResolver {
 public:
  virtual ~FrameResolver() = default;

  // The frames that the return address `pc` stands for, innermost first: the functions
  // inlined at the call, then the function itself. Never empty.
  virtual std::vector<Frame> frames_at(std::uint64_t pc) = 0;
};

}  // namespace gordian
