// code_table.h - the frames and stacks of the HTML page, each once.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/call_stacks.h"
#include "report/formats.h"
#include "report/report.h"

namespace gordian {

class CodeTable {
 public:
  CodeTable(const Report& report, const Look& look)
      : code_(report.code), directory_(look.checkout), stacks_(report) {}

  // The index in stacks() of the snapshot's stack `row`; null when it has no frames.
  nlohmann::ordered_json stack(std::uint32_t row);

  // {"at": "article.cpp:9", "line", "source"}; null when there is no position.
  nlohmann::ordered_json position(const std::optional<SourcePosition>& position) const;

  // "article.cpp:27", else the function, of the innermost frame of the stack; "" when it has none.
  std::string place_in_short(std::uint32_t row);

  const nlohmann::ordered_json& stacks() const { return stack_data_; }
  const nlohmann::ordered_json& frames() const { return frame_data_; }

 private:
  std::size_t frame(const Frame& frame);
  nlohmann::ordered_json source(const std::optional<std::string>& file, int line) const;

  const CodeNames& code_;
  const std::filesystem::path directory_;
  CallStacks stacks_;
  nlohmann::ordered_json stack_data_ = nlohmann::ordered_json::array();
  nlohmann::ordered_json frame_data_ = nlohmann::ordered_json::array();
  std::map<std::uint32_t, std::size_t> known_stacks_;
  std::map<std::string, std::size_t> known_frames_;  // by what is shown of them
};

}  // namespace gordian
