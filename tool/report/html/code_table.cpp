// code_table.cpp - see code_table.h.
#include "report/html/code_table.h"

#include "report/wording.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostInSourceLine = 300;

}  // namespace

Json CodeTable::stack(std::uint32_t row) {
  const auto& frames = stacks_.program_frames(row);
  if (frames.empty()) return nullptr;
  const auto [known, is_new] = known_stacks_.try_emplace(row, stack_data_.size());
  if (is_new) {
    Json indices = Json::array();
    for (const auto& one : frames) indices.push_back(frame(one));
    stack_data_.push_back(std::move(indices));
  }
  return known->second;
}

std::size_t CodeTable::frame(const Frame& frame) {
  Json data = {{"at", place_words(frame, directory_)}};
  data.update(source(frame.file, frame.line.value_or(0)));
  const auto [known, is_new] = known_frames_.try_emplace(
      data.dump(-1, ' ', false, Json::error_handler_t::replace), frame_data_.size());
  if (is_new) frame_data_.push_back(std::move(data));
  return known->second;
}

Json CodeTable::source(const std::optional<std::string>& file, int line) const {
  if (!file || line == 0) return {{"line", nullptr}, {"source", nullptr}};
  const auto text = code_.source_line(*file, line);
  return {{"line", line}, {"source", text ? Json(printable(*text, kMostInSourceLine)) : Json(nullptr)}};
}

Json CodeTable::position(const std::optional<SourcePosition>& position) const {
  if (!position) return nullptr;
  std::string at = shown_path(position->file, directory_);
  if (position->line != 0) at += ":" + std::to_string(position->line);
  Json data = {{"at", at}};
  data.update(source(position->file, position->line));
  return data;
}

std::string CodeTable::place_in_short(std::uint32_t row) {
  const auto& frames = stacks_.program_frames(row);
  if (frames.empty()) return "";
  const Frame& innermost = frames.front();
  if (!innermost.file) return innermost.function.value_or("");
  const std::string file = std::filesystem::path(*innermost.file).filename().string();
  return innermost.line ? file + ":" + std::to_string(*innermost.line) : file;
}

}  // namespace gordian
