// frame_resolver.h - return addresses as functions, files and lines, from debug info and symbols.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "program/dwarf/debug_info.h"
#include "program/frames/frames.h"

namespace gordian {

class DwarfFrames : public FrameResolver {
 public:
  explicit DwarfFrames(DebugInfo& info) : info_(info) {}

  // Each address is looked up once.
  std::vector<Frame> frames_at(std::uint64_t pc) override;

 private:
  std::vector<Frame> resolve(std::uint64_t address);
  void add_debug_frames(const DebugInfo::Place& place, std::uint64_t address, const Frame& known,
                        std::vector<Frame>& frames);
  std::string name_of(const Dwarf_Die& function, const std::string& symbol);

  DebugInfo& info_;
  std::unordered_map<std::uint64_t, std::vector<Frame>> known_;
};

}  // namespace gordian
