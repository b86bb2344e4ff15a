// call_stacks.cpp - resolves stacks once and drops their plumbing.
#include "report/call_stacks.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "program/names/names.h"

namespace gordian {
namespace {

// The class that a constructor makes, "ns::Node" of "ns::Node<int>::Node(int)"; "" of any other function.
std::string class_made_by(const Frame& frame) {
  constexpr std::string_view kUnnamed = "(anonymous namespace)";
  if (!frame.function) return "";
  std::string name = without_arguments(*frame.function);
  std::size_t parameters = name.find('(');
  while (parameters != std::string::npos && name.compare(parameters, kUnnamed.size(), kUnnamed) == 0)
    parameters = name.find('(', parameters + kUnnamed.size());
  name = name.substr(0, parameters);
  const std::size_t last = name.rfind("::");
  if (last == std::string::npos) return "";
  const std::string scope = name.substr(0, last);
  const std::size_t before = scope.rfind("::");
  const std::string of_class = before == std::string::npos ? scope : scope.substr(before + 2);
  return of_class == name.substr(last + 2) ? scope : "";
}

}  // namespace

const std::vector<Frame>& CallStacks::program_frames(std::uint32_t row) {
  const auto found = known_.find(row);
  if (found != known_.end()) return found->second;
  return known_.emplace(row, resolve(row)).first->second;
}

std::vector<Frame> CallStacks::allocation_frames(const FoundObject& object) {
  const auto& all = program_frames(object.stack);
  if (!object.announced_there) return all;
  // Its own class's constructor may have been called by another's that makes the object. The class of
  // one of unknown type is that of the outermost constructor.
  const std::string type = without_arguments(object.type);
  auto maker = std::find_if(all.begin(), all.end(), [&](const Frame& frame) {
    return !type.empty() && class_made_by(frame) == type;
  });
  if (maker != all.end()) {
    ++maker;
  } else {
    maker = std::find_if(all.begin(), all.end(), [](const Frame& f) { return class_made_by(f).empty(); });
  }
  return maker == all.end() ? all : std::vector<Frame>(maker, all.end());
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
