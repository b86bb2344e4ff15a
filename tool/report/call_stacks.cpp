// call_stacks.cpp - resolves stacks once and drops their plumbing.
#include "report/call_stacks.h"

#include <algorithm>
#include <iterator>

namespace gordian {

const std::vector<Frame>& CallStacks::program_frames(std::uint32_t row) {
  const auto found = known_.find(row);
  if (found != known_.end()) return found->second;
  return known_.emplace(row, resolve(row)).first->second;
}

std::vector<Frame> CallStacks::resolve(std::uint32_t row) const {
  std::vector<Frame> all;
  for (const auto address : snapshot_.stack(row)) {
    auto frames = code_.frames.frames_at(address);
    std::move(frames.begin(), frames.end(), std::back_inserter(all));
  }
  std::vector<Frame> ours;
  std::copy_if(all.begin(), all.end(), std::back_inserter(ours),
               [&](const Frame& frame) { return !code_.is_plumbing(frame); });
  return ours.empty() ? all : ours;
}

}  // namespace gordian
