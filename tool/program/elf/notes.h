// notes.h - what a report's reader should know about where its names come from.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gordian {

// Plain sentences in the order in which they came up, each once.
class Notes {
 public:
  void add(std::string sentence) {
    if (std::find(sentences_.begin(), sentences_.end(), sentence) == sentences_.end()) {
      sentences_.push_back(std::move(sentence));
    }
  }
  const std::vector<std::string>& sentences() const { return sentences_; }

 private:
  std::vector<std::string> sentences_;
};

}  // namespace gordian
