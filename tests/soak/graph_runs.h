// graph_runs.h - has the program build graphs, and brings back what it said and what gordian reported.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "judge.h"

namespace gordian::soak {

struct Setup {
  std::string program;
  std::string preload;   // the runtime, for a program without it
  std::string families;  // the file with the names of the program's own smart pointers
  bool at_exit = false;  // a process for each graph, judged by the check at its end
  bool one_processor = false;
};

struct Checked {
  Built built;
  std::string report;  // JSON
  int status = 0;      // of its process
};

// Throws std::runtime_error, with what the program said, where a process did not go to its end.
std::vector<Checked> run_graphs(const Setup& setup, std::span<const Graph> graphs);

}  // namespace gordian::soak
