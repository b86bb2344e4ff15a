// restored_report.h - a merged report as every format takes it.
//
// The program is gone, and so is its snapshot: all that the formats ask of these is what the JSON reports
// have said. Lines of source are read from the files where they are still there.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compare/merge.h"
#include "report/report.h"

namespace gordian {

class RestoredReport {
 public:
  explicit RestoredReport(const MergedReport& merged);
  RestoredReport(const RestoredReport&) = delete;
  RestoredReport& operator=(const RestoredReport&) = delete;

  // Lives as long as this.
  Report report(std::function<bool(const Finding&)> fails);

 private:
  // Knows the stacks that the reports had; each has an address of its own, as if it were one frame.
  class KnownFrames : public FrameResolver {
   public:
    std::vector<Frame> frames_at(std::uint64_t address) override { return stacks.at(address); }
    std::vector<std::vector<Frame>> stacks;
  };

  std::uint32_t keep_stack(std::vector<Frame>&& frames);

  Snapshot snapshot_;
  Findings findings_;
  KnownFrames frames_;
  CodeNames code_;
  std::unordered_map<std::string, std::uint32_t> rows_;  // of stacks that are known, by what they say
  std::vector<std::string> notes_;
  std::string reports_;
};

}  // namespace gordian
