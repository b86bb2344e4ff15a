// test_stripped.cpp - what is left of a report when the program's debug info and symbols are gone.
//
// Every built program that finds cycles is stripped and run again: the same cycles, types and counts,
// and nothing proved that was not. Where doubt means silence without types, the program is listed.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "catch.h"
#include "expectations.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

struct FoundCycle {
  std::multiset<std::string> types;
  std::uint64_t instances, objects;
  bool proved;

  auto key() const { return std::tie(types, instances, objects); }
  bool operator<(const FoundCycle& other) const { return key() < other.key(); }
};

// The cycles that a run reports, sorted; none when it wrote no report.
std::optional<std::vector<FoundCycle>> cycles_of(const std::string& binary, const std::string& preload) {
  ScratchDirectory scratch;
  Command command;
  command.arguments = {binary};
  command.environment = {{"GORDIAN_OPTIONS", "abort=1:json=" + (scratch / "report.json").string()}};
  if (!preload.empty()) command.environment["LD_PRELOAD"] = preload;
  run(command);
  const std::string text = file_text(scratch / "report.json");
  if (text.empty()) return std::nullopt;
  std::vector<FoundCycle> cycles;
  const auto report = nlohmann::json::parse(text);
  for (const auto& finding : report.at("findings")) {
    if (finding.at("kind") != "cycle") continue;
    FoundCycle cycle{
        {}, finding.at("instances"), finding.at("cycle_objects"), finding.at("evidence") == "proved"};
    for (const auto& object : finding.at("objects")) {
      if (object.at("role") == "cycle") cycle.types.insert(object.at("type").get<std::string>());
    }
    cycles.push_back(std::move(cycle));
  }
  std::sort(cycles.begin(), cycles.end());
  return cycles;
}

// Programs of which some cycles are found by types only: objects that count themselves, arenas,
// stale words in a deque or in spare capacity, weak handles that nobody logged. And such as count
// differently: shapes are made of offsets; the numbers of threads vary, as does what is noted of plugins that
// several threads close; announced classes have no names.
bool needs_types(const std::string& program, bool preloaded) {
  static const std::set<std::string> always{"global_owner_destroyed",
                                            "matrix_holders",
                                            "ring_announced",
                                            "ring_behind_first",
                                            "ring_beside_deaf_thread",
                                            "ring_beside_destroyed",
                                            "ring_beside_plugin_thread",
                                            "ring_beside_signalfd",
                                            "ring_boost",
                                            "ring_checked_while_loading",
                                            "ring_intrusive",
                                            "ring_intrusive_in_own_vector",
                                            "ring_llvm",
                                            "ring_poco",
                                            "ring_pool",
                                            "ring_qt",
                                            "ring_through_second_base",
                                            "ring_xapian",
                                            "ring_unloaded_by_threads",
                                            "stale_spare_capacity"};
  static const std::set<std::string> when_preloaded{"ring_watched_deleter", "ring_weak_globals",
                                                    "ring_weak_registry"};
  return always.contains(program) || (preloaded && when_preloaded.contains(program));
}

// By what its source says. (What is built of another's has none of its name, and is run.)
bool is_other_when_emulated(const std::string& program) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(GORDIAN_SOURCE_DIR "/tests/e2e/programs")) {
    if (entry.path().filename() != program + ".cpp") continue;
    return !read_expectations(entry.path()).unless_emulated.empty();
  }
  return false;
}

void strip_to(const std::filesystem::path& from, const std::filesystem::path& to) {
  Command strip;
  strip.arguments = {GORDIAN_STRIP, "-s", "-o", to.string(), from.string()};
  REQUIRE(run(strip).status == 0);
}

// Whether there were cycles to compare.
bool compare(const std::filesystem::path& binary, const std::string& program, bool preloaded) {
  const std::string preload = preloaded ? GORDIAN_RUNTIME : "";
  const auto full = cycles_of(binary.string(), preload);
  if (!full || full->empty()) return false;
  INFO(binary.filename());
  ScratchDirectory scratch;
  strip_to(binary, scratch / binary.filename().string());
  for (const auto& entry : std::filesystem::directory_iterator(binary.parent_path())) {
    const std::string name = entry.path().filename().string();
    const bool its_library = name.starts_with(binary.filename().string()) && name.ends_with(".so");
    if (its_library) strip_to(entry.path(), scratch / name);
  }
  const auto left = cycles_of((scratch / binary.filename().string()).string(), preload);
  REQUIRE(left);
  for (const FoundCycle& cycle : *left) {
    const bool was_proved = std::any_of(full->begin(), full->end(), [&](const FoundCycle& before) {
      // Without a virtual table, what counts itself has no name.
      const bool same_types = before.types == cycle.types || cycle.types.contains("<unknown type>");
      return before.proved && same_types && before.objects == cycle.objects;
    });
    CHECK((!cycle.proved || was_proved));
  }
  if (needs_types(program, preloaded)) return true;
  REQUIRE(left->size() == full->size());
  for (std::size_t i = 0; i < full->size(); ++i) CHECK((*left)[i].key() == (*full)[i].key());
  return true;
}

}  // namespace

TEST_CASE("a stripped program has the same cycles, and nothing proved that was not") {
  std::size_t compared = 0;
  std::vector<std::filesystem::path> programs;
  for (const auto& entry : std::filesystem::directory_iterator(GORDIAN_E2E_BIN))
    programs.push_back(entry.path());
  std::sort(programs.begin(), programs.end());
  for (const auto& path : programs) {
    const std::string name = path.filename().string();
    const std::size_t dot = name.find('.');
    const std::string variant = dot == std::string::npos ? "" : name.substr(dot + 1);
    const bool preloaded = variant == "run-g++-O2" || variant == "run-libc++-O2";
    if (!preloaded && variant != "g++-O2") continue;
    if (name.starts_with("million_ring") || (!name.starts_with("ring") && !name.starts_with("matrix")))
      continue;
    const std::string program = name.substr(0, dot);
    if (is_emulated() && is_other_when_emulated(program)) continue;
    compared += compare(path, program, preloaded);
  }
  CHECK(compared > 0);
}
