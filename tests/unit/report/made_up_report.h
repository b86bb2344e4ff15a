// made_up_report.h - reports of programs that never ran.
//
//   MadeUpReport made_up;
//   auto& cycle = made_up.cycle("3f9a2c71");
//   made_up.object(cycle, "Obj").stack = made_up.stack({made_up.frame("main", 21)});
//   made_up.reference(cycle, 1, 1, "Obj::self");
//   text_report(made_up.report(), made_up.look);
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "report/formats.h"
#include "report/report.h"

namespace gordian::test {

// Knows every return address that was made up. Frames named "std::..." are plumbing.
class MadeUpFrames : public FrameResolver {
 public:
  std::vector<Frame> frames_at(std::uint64_t pc) override;
  std::map<std::uint64_t, std::vector<Frame>> known;
  int questions = 0;
};

struct MadeUpReport {
  MadeUpReport();
  MadeUpReport(const MadeUpReport&) = delete;
  MadeUpReport& operator=(const MadeUpReport&) = delete;

  Snapshot snapshot;  // of /home/you/article, pid 4711
  Findings findings;
  MadeUpFrames frames;
  std::map<int, std::string> source;  // lines of every source file
  CodeNames code;
  std::vector<std::string> notes;
  std::function<bool(const Finding&)> fails = [](const Finding& finding) {
    return finding.kind == FindingKind::cycle;
  };
  Look look;  // in /home/you, without colour

  Report report() const {
    return {snapshot, findings, code, [this] { return notes; }, fails};
  }

  // A frame in /home/you/article.cpp, or without debug info when `line` is 0.
    static Frame frame(const std::string& function, int line);
    // A stack of these frames, innermost first, one return address each.
    std::uint32_t stack(const std::vector<Frame>& frames_of_stack);

    Finding& cycle(const std::string& id);
    Finding& orphan(const std::string& id);

    // Adds to the finding. An object has 64 bytes and use_count 1, all located, and counts in the totals.
    FoundObject& object(Finding & finding, const std::string& type, Role role = Role::cycle);
    FoundReference& reference(Finding & finding, std::uint32_t from, std::uint32_t to,
                              const std::string& member);
    Cut& cut(Finding & finding, const std::string& member, const std::string& advice,
             const std::string& reason);
  };

  // The article's three objects in a ring, each allocated in main().
  void add_article_ring(MadeUpReport& made_up);

}  // namespace gordian::test
