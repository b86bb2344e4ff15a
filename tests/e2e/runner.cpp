// runner.cpp - runs one built test program and compares it with the comments in its source.
//
//   e2e_runner SOURCE BINARY full|none [LIBRARY]
//
// full or none is the debug info it was built with. LIBRARY is the runtime, for a program
// that is not linked with it: it is preloaded.
// Prints nothing but what differs, or why nothing is run; 0 when nothing does, 77 when nothing is run.
#include <cstdio>
#include <exception>
#include <string>

#include "compare.h"

using namespace gordian::e2e;

namespace {

constexpr int kSkipped = 77;  // ctest's SKIP_RETURN_CODE

int check(const std::string& source, const std::string& binary, DebugInfo debug_info,
          const std::string& preload) {
  const Expectations expected = read_expectations(source);
  if (!expected.unless_emulated.empty() && is_emulated()) {
    std::printf("skipped under an emulator: %s\n", expected.unless_emulated.c_str());
    return kSkipped;
  }
  ScratchDirectory scratch;
  const auto json_path = scratch / "report.json";
  std::string options = "abort=1:json=" + json_path.string();
  if (!expected.options.empty()) options += ":" + expected.options;

  Command command;
  command.arguments = {binary};
  command.environment = {{"GORDIAN_OPTIONS", options}};
  if (!preload.empty()) command.environment["LD_PRELOAD"] = preload;
  if (expected.seconds > command.longest_seconds)
    command.longest_seconds = static_cast<unsigned>(expected.seconds);
  const Outcome outcome = run(command);

  const std::string text = file_text(json_path);
  const auto report = text.empty() ? nlohmann::json() : nlohmann::json::parse(text);
  const auto found = differences(expected, outcome, report, debug_info);
  for (const auto& sentence : found) std::printf("%s\n", sentence.c_str());
  if (!found.empty()) {
    std::printf("--- GORDIAN_OPTIONS=%s %s\n--- stderr\n%s--- report\n%s\n", options.c_str(), binary.c_str(),
                outcome.err.c_str(), text.c_str());
  }
  if (expected.seconds > 0) {
    std::printf("%.1f seconds, %lld megabytes at most\n", outcome.seconds,
                static_cast<long long>(outcome.peak_bytes / 1'000'000));
  }
  return found.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string debug_info = argc == 4 || argc == 5 ? argv[3] : "";
  if (debug_info != "full" && debug_info != "none") {
    std::fprintf(stderr, "usage: e2e_runner SOURCE BINARY full|none [LIBRARY]\n");
    return 2;
  }
  try {
    return check(argv[1], argv[2], debug_info == "full" ? DebugInfo::full : DebugInfo::none,
                 argc == 5 ? argv[4] : "");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "e2e_runner: %s\n", error.what());
    return 2;
  }
}
