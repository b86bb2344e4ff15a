// graph_runs.cpp - one process for a batch of graphs, or one for each.
#include "graph_runs.h"

#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "one_processor.h"
#include "process.h"

namespace gordian::soak {
namespace {

using e2e::Command;
using e2e::OneProcessor;
using e2e::Outcome;
using e2e::ScratchDirectory;

NodeSet numbers_after(std::istringstream& words) {
  NodeSet numbers;
  for (int number; words >> number;) numbers.insert(number);
  return numbers;
}

// What the program has printed, a graph ending with its last line of words.
std::vector<Built> read_built(const std::string& text, bool at_exit) {
  std::vector<Built> all;
  Built built;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string which;
    words >> which;
    if (which == "node") {
      int number = 0;
      std::string address;
      words >> number >> address;
      built.node_at[std::stoull(address, nullptr, 16)] = number;
    } else if (which == "alive") {
      built.alive = numbers_after(words);
      // A node that died may have left its place to another.
      std::erase_if(built.node_at, [&](const auto& row) { return built.alive.count(row.second) == 0; });
    } else {
      built.left = numbers_after(words);
    }
    if (which == (at_exit ? "alive" : "left")) {
      all.push_back(built);
      built = {};
    }
  }
  return all;
}

std::vector<Checked> run_process(const Setup& setup, std::span<const Graph> graphs) {
  const ScratchDirectory scratch;
  const std::string path = (scratch / "graphs").string();
  std::ofstream file(path);
  for (const Graph& graph : graphs) file << description(graph);
  file.close();

  Command command;
  command.arguments = {setup.program, path};
  if (setup.at_exit) command.arguments.emplace_back("exit");
  command.environment["GORDIAN_OPTIONS"] = "abort=1:text=/dev/null:json=" + (scratch / "%n.json").string() +
                                           (setup.families.empty() ? "" : ":families=" + setup.families);
  // What was freed is overwritten, and each thread has a new stack: a word that is left over there would be a
  // doubt, and doubt is another test's.
  command.environment["GLIBC_TUNABLES"] =
      "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165:glibc.pthread.stack_cache_size=0";
  if (!setup.preload.empty()) command.environment["LD_PRELOAD"] = setup.preload;
  std::optional<OneProcessor> one_processor;
  if (setup.one_processor) one_processor.emplace();
  const Outcome outcome = e2e::run(command);
  one_processor.reset();

  const std::vector<Built> built = read_built(outcome.out, setup.at_exit);
  const bool ended = setup.at_exit ? outcome.status == 0 || outcome.status == 23 : outcome.status == 0;
  if (!ended || built.size() != graphs.size() || !outcome.err.empty()) {
    throw std::runtime_error("ended with " + std::to_string(outcome.status) + " after " +
                             std::to_string(built.size()) + " of " + std::to_string(graphs.size()) +
                             " graphs: " + outcome.err);
  }
  std::vector<Checked> checked;
  for (std::size_t i = 0; i < built.size(); ++i) {
    const std::string report = e2e::file_text(scratch / (std::to_string(i + 1) + ".json"));
    checked.push_back({built[i], report, outcome.status});
  }
  return checked;
}

}  // namespace

std::vector<Checked> run_graphs(const Setup& setup, std::span<const Graph> graphs) {
  if (!setup.at_exit) return run_process(setup, graphs);
  std::vector<Checked> checked;
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    checked.push_back(run_process(setup, graphs.subspan(i, 1)).front());
  }
  return checked;
}

}  // namespace gordian::soak
