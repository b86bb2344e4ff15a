// made_up_report.cpp - reports of programs that never ran.
#include "made_up_report.h"

namespace gordian::test {

std::vector<Frame> MadeUpFrames::frames_at(std::uint64_t pc) {
  ++questions;
  return known.at(pc);
}

MadeUpReport::MadeUpReport()
    : code{frames, [](const Frame& frame) { return frame.function.value_or("").rfind("std::", 0) == 0; },
           [this](const std::string&, int line) -> std::optional<std::string> {
             const auto found = source.find(line);
             return found == source.end() ? std::nullopt : std::optional(found->second);
           }} {
  snapshot.program = "/home/you/article";
  snapshot.arguments = {"./article"};
  snapshot.pid = 4711;
  snapshot.exit_status = 0;
  snapshot.shim = true;
  snapshot.stacks = {{0, 0}};
  look.directory = look.checkout = "/home/you";
  findings.findings.reserve(64);  // cycle() and orphan() hand out references
}

Frame MadeUpReport::frame(const std::string& function, int line) {
  Frame frame;
  if (!function.empty()) frame.function = function;
  frame.module = "/home/you/article";
  frame.offset = 0x1200 + static_cast<std::uint64_t>(line);
  if (line == 0) return frame;
  frame.file = "/home/you/article.cpp";
  frame.line = line;
  return frame;
}

std::uint32_t MadeUpReport::stack(const std::vector<Frame>& frames_of_stack) {
  snapshot.stacks.push_back({static_cast<std::uint32_t>(snapshot.frames.size()),
                             static_cast<std::uint32_t>(frames_of_stack.size())});
  for (const auto& one : frames_of_stack) {
    const std::uint64_t address = 0x400000 + snapshot.frames.size();
    snapshot.frames.push_back(address);
    frames.known[address] = {one};
  }
  return static_cast<std::uint32_t>(snapshot.stacks.size() - 1);
}

Finding& MadeUpReport::cycle(const std::string& id) {
  Finding finding;
  finding.id = id;
  findings.findings.push_back(finding);
  ++findings.cycles;
  return findings.findings.back();
}

Finding& MadeUpReport::orphan(const std::string& id) {
  Finding finding;
  finding.id = id;
  finding.kind = FindingKind::orphan;
  findings.findings.push_back(finding);
  ++findings.orphans;
  return findings.findings.back();
}

FoundObject& MadeUpReport::object(Finding& finding, const std::string& type, Role role) {
  FoundObject object;
  object.id = static_cast<std::uint32_t>(finding.objects.size() + 1);
  object.type = type;
  object.address = 0x7f0000001000 + 0x100 * finding.objects.size();
  object.size = 64;
  object.use_count = 1;
  object.located_strong = 1;
  object.role = role;
  finding.objects.push_back(object);
  finding.bytes += object.size;
  findings.bytes += object.size;
  if (role == Role::cycle) {
    finding.fewest_objects = finding.most_objects = ++finding.cycle_objects;
    ++findings.objects_in_cycles;
  }
  if (role == Role::retained) ++finding.retained_objects, ++findings.objects_retained;
  return finding.objects.back();
}

FoundReference& MadeUpReport::reference(Finding& finding, std::uint32_t from, std::uint32_t to,
                                        const std::string& member) {
  FoundReference reference;
  reference.from = from;
  reference.to = to;
  reference.member = member;
  reference.path = member;
  reference.type = "std::shared_ptr<Obj>";
  finding.references.push_back(reference);
  return finding.references.back();
}

Cut& MadeUpReport::cut(Finding& finding, const std::string& member, const std::string& advice,
                       const std::string& reason) {
  finding.cuts.push_back({member, std::nullopt, member, advice, reason, true});
  return finding.cuts.back();
}

void add_article_ring(MadeUpReport& made_up) {
  auto& cycle = made_up.cycle("3f9a2c71");
  const std::string names = "abc";
  for (int i = 0; i < 3; ++i) {
    const std::string name(1, names[static_cast<std::size_t>(i)]);
    made_up.source[21 + i] = "  auto " + name + " = std::make_shared<Obj>();";
    auto& object = made_up.object(cycle, "Obj");
    object.weak_count = 1;
    object.stack =
        made_up.stack({made_up.frame("std::make_shared<Obj>()", 0), made_up.frame("main", 21 + i)});
  }
  made_up.reference(cycle, 1, 2, "Obj::b").offset = 16;
  made_up.reference(cycle, 2, 3, "Obj::c").offset = 32;
  made_up.reference(cycle, 3, 1, "Obj::a");
  made_up.cut(cycle, "Obj::a", "make it std::weak_ptr<Obj>",
              "It points back to the object allocated first; without it all 3 are freed.");
  made_up.cut(cycle, "Obj::b", "make it std::weak_ptr<Obj>", "");
  made_up.cut(cycle, "Obj::c", "make it std::weak_ptr<Obj>", "");
  for (auto& reference : cycle.references) {
    reference.declared = {"/home/you/article.cpp", 9 + reference.member->back() - 'a'};
  }
  for (auto& cut : cycle.cuts) cut.declared = {"/home/you/article.cpp", 9 + cut.member->back() - 'a'};
}

}  // namespace gordian::test
