// soak.cpp - random graphs of owners, each held against what is right about it.
//
//   soak --program build/tests/soak/graphs.g++-O1 --first 1 --count 1000
//
// ends with 0 when every report was right. Else it says of each seed what was wrong, and with what graph,
// made as small as it goes.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <mutex>
#include <regex>
#include <set>
#include <stdexcept>
#include <thread>

#include "graph_runs.h"
#include "judge.h"
#include "shrink.h"

namespace gordian::soak {
namespace {

struct Plan {
  Setup setup;
  Variety variety = Variety::distinct;
  bool cut = false;    // the graphs that leak are built once more with the best cuts made
  bool twice = false;  // the second time on one processor: the reports must be the same bytes
  Setup other;         // another build of the program: the findings must have the same ids
  std::size_t batch = 100;
  unsigned jobs = 2;
  std::vector<std::uint64_t> seeds;
};

Graph graph_of(const Plan& plan, std::uint64_t seed) {
  const bool has_shim = plan.setup.preload.empty() && plan.other.preload.empty();
  return without_doubt(random_graph(seed, plan.variety), has_shim);
}

// What is wrong with what one graph gave; a process that did not go to its end is a fault, too.
std::vector<Complaint> complaints_of(const Plan& plan, const Graph& graph, const Checked& checked) {
  const auto report = nlohmann::json::parse(checked.report, nullptr, false);
  if (report.is_discarded()) return {{Fault::detail, "there is no report"}};
  std::vector<Complaint> complaints = judge(graph, plan.variety, checked.built, report);
  const bool leaks = report.at("summary").at("cycles") != 0;
  if (plan.setup.at_exit && checked.status != (leaks ? 23 : 0)) {
    complaints.push_back({Fault::detail, "ended with " + std::to_string(checked.status)});
  }
  return complaints;
}

std::vector<Complaint> complaints_of(const Plan& plan, const Graph& graph) {
  try {
    return complaints_of(plan, graph, run_graphs(plan.setup, {&graph, 1}).front());
  } catch (const std::runtime_error& error) {
    return {{Fault::detail, error.what()}};
  }
}

// The bytes of a report, with what differs from process to process made equal: addresses and the process's
// number.
std::string comparable(const std::string& report) {
  static const std::regex address(R"re(("address": *)"0x[0-9a-f]+")re");
  static const std::regex process(R"re(("pid": *)[0-9]+)re");
  static const std::regex seconds(R"re(("seconds": *)[0-9]+)re");  // since the check before
  static const std::regex file(R"re("/[^"]*gordian-test-[^"]*")re");  // the description, a temporary file
  std::string text = std::regex_replace(report, address, "$1\"0x0\"");
  for (const std::regex* number : {&process, &seconds}) text = std::regex_replace(text, *number, "$010");
  return std::regex_replace(text, file, "\"\"");
}

// What a report says has leaked, by id.
std::multiset<std::string> ids_in(const std::string& report) {
  std::multiset<std::string> ids;
  const auto parsed = nlohmann::json::parse(report);
  for (const auto& finding : parsed.at("findings")) {
    ids.insert(finding.at("id").get<std::string>() + " " + finding.at("instances").dump());
  }
  return ids;
}

class Soak {
 public:
  explicit Soak(const Plan& plan) : plan_(plan) {}

  // Whether every report was right.
  bool run() {
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < plan_.jobs; ++i) workers.emplace_back([this] { work(); });
    for (std::thread& worker : workers) worker.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << plan_.seeds.size() << " graphs, " << leaking_ << " of them leak, " << repaired_
              << " built again with the cuts made, " << static_cast<int>(took.count()) << " s: ";
    for (const Fault fault : {Fault::false_alarm, Fault::miss, Fault::detail, Fault::cut, Fault::model}) {
      std::cout << fault_word(fault) << ' ' << faults_[static_cast<std::size_t>(fault)]
                << (fault == Fault::model ? "\n" : ", ");
    }
    return wrong_ == 0;
  }

 private:
  struct Case {
    std::uint64_t seed;
    Graph graph;
    bool is_repair = false;
  };

  void work() {
    for (std::size_t first; (first = next_.fetch_add(plan_.batch)) < plan_.seeds.size();) {
      std::vector<Case> cases;
      for (std::size_t i = first; i < std::min(first + plan_.batch, plan_.seeds.size()); ++i) {
        cases.push_back({plan_.seeds[i], graph_of(plan_, plan_.seeds[i])});
      }
      const std::vector<Case> repairs = run_cases(cases);
      if (plan_.cut && !repairs.empty()) run_cases(repairs);
    }
  }

  // Judges each, and returns those that leak as they are with the cuts made.
  std::vector<Case> run_cases(const std::vector<Case>& cases) {
    std::vector<Graph> graphs;
    for (const Case& one : cases) graphs.push_back(one.graph);
    std::vector<Checked> all;
    try {
      all = run_graphs(plan_.setup, graphs);
      compare_with_others(cases, graphs, all);
    } catch (const std::runtime_error& error) {
      tell_process(cases, error.what());
      return {};
    }
    std::vector<Case> repairs;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const std::vector<Complaint> complaints = complaints_of(plan_, cases[i].graph, all[i]);
      if (!complaints.empty()) tell(cases[i], complaints);
      const auto report = nlohmann::json::parse(all[i].report, nullptr, false);
      if (report.is_discarded() || report.at("summary").at("cycles") == 0) continue;
      repairs.push_back({cases[i].seed, with_cuts(cases[i].graph, report), true});
    }
    (cases.front().is_repair ? repaired_ : leaking_) +=
        cases.front().is_repair ? cases.size() : repairs.size();
    return repairs;
  }

  void compare_with_others(const std::vector<Case>& cases, const std::vector<Graph>& graphs,
                           const std::vector<Checked>& all) {
    if (plan_.twice) {
      Setup again = plan_.setup;
      again.one_processor = true;
      const std::vector<Checked> second = run_graphs(again, graphs);
      for (std::size_t i = 0; i < cases.size(); ++i) {
        if (comparable(all[i].report) == comparable(second[i].report)) continue;
        tell(cases[i], {{Fault::detail, "another report the second time"}});
      }
    }
    if (!plan_.other.program.empty()) {
      const std::vector<Checked> others = run_graphs(plan_.other, graphs);
      for (std::size_t i = 0; i < cases.size(); ++i) {
        if (ids_in(all[i].report) == ids_in(others[i].report)) continue;
        tell(cases[i], {{Fault::detail, "other findings in the other program"}});
      }
    }
  }

  void tell_process(const std::vector<Case>& cases, const std::string& words) {
    const std::scoped_lock lock(telling_);
    ++wrong_;
    std::cout << "seeds " << cases.front().seed << " to " << cases.back().seed << ": " << words << '\n'
              << std::flush;
  }

  void tell(const Case& failed, const std::vector<Complaint>& complaints) {
    const std::scoped_lock lock(telling_);
    ++wrong_;
    std::set<Fault> faults;
    std::cout << "seed " << failed.seed << (failed.is_repair ? ", with its cuts made" : "") << '\n';
    for (const Complaint& complaint : complaints) {
      std::cout << "  " << fault_word(complaint.fault) << ": " << complaint.words << '\n';
      if (faults.insert(complaint.fault).second) ++faults_[static_cast<std::size_t>(complaint.fault)];
    }
    const Fault worst = *faults.begin();
    const auto still = [&](const Graph& rest) {
      const std::vector<Complaint> left = complaints_of(plan_, rest);
      return std::any_of(left.begin(), left.end(), [&](const Complaint& c) { return c.fault == worst; });
    };
    // What came before it in its process may have had a part in it; then alone it is right.
    if (shrunk_ >= kMostShrunk || !still(failed.graph))
      return void(std::cout << description(failed.graph) << std::flush);
    ++shrunk_;
    const Graph small = shrunk(failed.graph, still);
    std::cout << "  and so does:\n" << in_words(small);
    for (const Complaint& complaint : complaints_of(plan_, small)) {
      std::cout << "  " << fault_word(complaint.fault) << ": " << complaint.words << '\n';
    }
    std::cout << description(small) << std::flush;
  }

  static constexpr int kMostShrunk = 10;

  const Plan& plan_;
  std::atomic<std::size_t> next_{0};
  std::atomic<std::size_t> leaking_{0};
  std::atomic<std::size_t> repaired_{0};
  std::mutex telling_;
  int shrunk_ = 0;
  int wrong_ = 0;
  std::size_t faults_[5] = {};
};

}  // namespace
}  // namespace gordian::soak

int main(int count, char** arguments) {
  using namespace gordian::soak;
  Plan plan;
  std::uint64_t first = 1;
  std::uint64_t number = 0;
  std::string seeds;
  bool repeated = false;
  bool describe = false;
  CLI::App app("Random graphs of owners, each held against what is right about it.");
  app.add_option("--program", plan.setup.program, "builds the graphs")->required();
  app.add_option("--preload", plan.setup.preload, "the runtime, for a program that is not linked with it");
  app.add_option("--families", plan.setup.families, "names the program's own smart pointers");
  app.add_option("--first", first, "the first seed");
  app.add_option("--count", number, "of seeds");
  app.add_option("--seeds", seeds, "a file of seeds, one a line");
  app.add_option("--batch", plan.batch, "graphs a process");
  app.add_option("--jobs", plan.jobs, "processes at a time");
  app.add_flag("--repeated", repeated, "larger graphs with several nodes of a class");
  app.add_flag("--at-exit", plan.setup.at_exit, "a process for each graph, which is checked when it ends");
  app.add_flag("--twice", plan.twice, "run all a second time, on one processor, and compare the reports");
  app.add_option("--other", plan.other.program,
                 "another build of the program, which is to have the same findings");
  app.add_option("--other-preload", plan.other.preload, "the runtime, for that one");
  app.add_flag("--cut", plan.cut, "build each graph that leaks once more, with the proposed cuts made");
  app.add_flag("--describe", describe, "print the graphs as the program reads them, and build none");
  CLI11_PARSE(app, count, arguments);
  plan.other.families = plan.setup.families;
  plan.other.at_exit = plan.setup.at_exit;
  if (repeated) plan.variety = Variety::repeated;
  for (std::uint64_t i = 0; i < number; ++i) plan.seeds.push_back(first + i);
  std::ifstream kept(seeds);
  for (std::string line; std::getline(kept, line);) {
    if (!line.empty() && line[0] != '#') plan.seeds.push_back(std::stoull(line));
  }
  for (const std::uint64_t seed : plan.seeds) {
    if (describe) std::cout << description(graph_of(plan, seed));
  }
  return describe || Soak(plan).run() ? 0 : 1;
}
