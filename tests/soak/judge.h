// judge.h - holds a JSON report against what is right about the graph it is of.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "model.h"

namespace gordian::soak {

// What the program said of a graph that it has built.
struct Built {
  std::map<std::uint64_t, int> node_at;  // by address
  NodeSet alive;
  std::optional<NodeSet> left;  // not told where the check at exit is the graph's
};

enum class Fault {
  model,        // C++ itself contradicts the model: the test is wrong
  false_alarm,  // something that is owned is in a finding
  miss,         // a cycle is in no finding
  detail,       // objects, references, evidence or counts differ
  cut,          // a proposed cut leaves a cycle, or frees something else than it says
};
struct Complaint {
  Fault fault;
  std::string words;
};
const char* fault_word(Fault fault);

// Empty when the report is right in every respect.
std::vector<Complaint> judge(const Graph& graph, Variety variety, const Built& built,
                             const nlohmann::json& report);

// The graph with the best cut of each finding made; the same graph where none is proposed.
Graph with_cuts(const Graph& graph, const nlohmann::json& report);

}  // namespace gordian::soak
