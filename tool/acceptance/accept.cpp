// accept.cpp - rules held against findings.
#include "acceptance/accept.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "acceptance/glob.h"

namespace gordian {
namespace {

bool any_matches(const std::vector<std::string>& names, const std::string& pattern) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return glob_matches(pattern, name); });
}

// "make_graph" of "make_graph(int)", "ns::f<int>" of "ns::f<int>(int) const"; the parameters are what stands
// in the last parentheses that are not within others.
std::string_view without_parameters(std::string_view function) {
  const std::size_t close = function.rfind(')');
  if (close == std::string_view::npos) return function;
  int depth = 0;
  for (std::size_t i = close + 1; i-- > 0;) {
    depth += (function[i] == ')') - (function[i] == '(');
    if (depth == 0) return i == 0 ? function : function.substr(0, i);
  }
  return function;
}

bool function_matches(const std::string& pattern, const std::string& function) {
  return glob_matches(pattern, function) || glob_matches(pattern, without_parameters(function));
}

bool frame_matches(const Condition& condition, const Frame& frame) {
  const Wildcards wildcards =
      condition.subject == Subject::leak ? Wildcards::star : Wildcards::star_and_question_mark;
  const auto name = [&](const std::optional<std::string>& text) {
    return text && glob_matches(condition.pattern, *text, wildcards);
  };
  switch (condition.subject) {
    case Subject::function:
      return frame.function && function_matches(condition.pattern, *frame.function);
    case Subject::file:
      return name(frame.file);
    default:
      return name(frame.function) || name(frame.file) || name(frame.module);
  }
}

bool is_about_stacks(const Condition& condition) {
  return condition.subject == Subject::function || condition.subject == Subject::file ||
         condition.subject == Subject::leak;
}

// What the rules say of a finding: they accept it, or some of its instances, or none.
struct Ruling {
  std::optional<Acceptance> acceptance;
  std::string why_not;  // where they accept some
};

class Judge {
 public:
  Judge(const Suppressions& suppressions, const FramesOfStack& frames_of)
      : rules_(suppressions.rules()), frames_of_(frames_of), used_(rules_.size(), false) {}

  // The first rule that accepts an instance, where every instance is accepted by one.
  Ruling rule_on(const Finding& finding) {
    std::set<std::size_t> rules;
    std::string elsewhere;  // where one comes from that none accepts
    std::uint64_t accepted = 0;
    std::uint64_t all = 0;
    for (const Allocations& allocations : finding.footprint.allocations) {
      all += allocations.instances;
      const auto rule = rule_for(finding, allocations);
      if (!rule && elsewhere.empty()) elsewhere = place_of(allocations);
      if (!rule) continue;
      accepted += allocations.instances;
      rules.insert(*rule);
    }
    if (rules.empty()) return {};
    const SuppressionRule& first = rules_[*rules.begin()];
    if (accepted == all) return {Acceptance{AcceptedBy::rule, first.where, first.text, first.reason, 0}, ""};
    std::string names;
    for (const std::size_t rule : rules) names += (names.empty() ? "" : ", ") + name_of(rule);
    return {std::nullopt, names + " accepts " + std::to_string(accepted) + " of the " + std::to_string(all) +
                              " instances of " + finding.id + ", and the others come from elsewhere" +
                              elsewhere + ": none is accepted"};
  }

  std::vector<std::string> unused() const {
    std::vector<std::string> rules;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (!used_[i]) rules.push_back(name_of(i));
    }
    return rules;
  }

 private:
  // ", such as fresh() in two.cpp"; "" where nothing is known.
  std::string place_of(const Allocations& allocations) const {
    for (const std::uint32_t stack : allocations.stacks) {
      for (const Frame& frame : frames_of_(stack)) {
        if (!frame.function && !frame.file) continue;
        const std::string file = frame.file ? std::filesystem::path(*frame.file).filename().string() : "";
        return ", such as " + frame.function.value_or(file) +
               (frame.function && !file.empty() ? " in " + file : "");
      }
    }
    return "";
  }

  std::string name_of(std::size_t rule) const { return rules_[rule].where + ": " + rules_[rule].text; }

  // The first that accepts them. Those behind it are of use, too: the first may go one day.
  std::optional<std::size_t> rule_for(const Finding& finding, const Allocations& allocations) {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      const auto& conditions = rules_[i].conditions;
      if (!std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
            return is_about_stacks(condition) ? holds(condition, allocations) : holds(condition, finding);
          }))
        continue;
      used_[i] = true;
      if (!first) first = i;
    }
    return first;
  }

  static bool holds(const Condition& condition, const Finding& finding) {
    switch (condition.subject) {
      case Subject::id:
        return finding.id == condition.pattern;
      case Subject::type:
        return any_matches(finding.footprint.types, condition.pattern);
      default:
        return any_matches(finding.footprint.members, condition.pattern);
    }
  }

  bool holds(const Condition& condition, const Allocations& allocations) const {
    return std::any_of(allocations.stacks.begin(), allocations.stacks.end(), [&](std::uint32_t stack) {
      const auto& frames = frames_of_(stack);
      return std::any_of(frames.begin(), frames.end(),
                         [&](const Frame& frame) { return frame_matches(condition, frame); });
    });
  }

  const std::vector<SuppressionRule>& rules_;
  const FramesOfStack& frames_of_;
  std::vector<bool> used_;
};

// What is accepted is told apart from what the totals are about.
void take_out(const Finding& finding, Findings& findings) {
  const bool cycle = finding.kind == FindingKind::cycle;
  (cycle ? findings.cycles : findings.orphans) -= finding.instances;
  const std::uint64_t retained = finding.objects_held - std::min(finding.objects_held, finding.own_objects);
  if (cycle) {
    findings.objects_in_cycles -= std::min(findings.objects_in_cycles, finding.own_objects);
    findings.objects_retained -= std::min(findings.objects_retained, retained);
  }
  findings.bytes -= std::min(findings.bytes, finding.bytes);
}

// Of a finding that the program accepts some instances of, those are told in a note: an id stands for one
// finding.
void drop_split_findings(Findings& findings) {
  std::set<std::string> left;
  for (const Finding& finding : findings.findings) {
    if (!finding.accepted) left.insert(finding.id);
  }
  std::erase_if(findings.findings, [&](const Finding& finding) {
    if (!finding.accepted || left.count(finding.id) == 0) return false;
    take_out(finding, findings);
    findings.notes.push_back(finding.accepted->rule + " accepts " + std::to_string(finding.instances) +
                             " other instance" + (finding.instances == 1 ? "" : "s") + " of " + finding.id +
                             ", which the numbers above leave out" +
                             (finding.accepted->reason.empty() ? "" : ": because " + finding.accepted->reason));
    return true;
  });
}

}  // namespace

void accept(Findings& findings, const Suppressions& suppressions, const Baseline& baseline,
            const std::string& baseline_name, const FramesOfStack& frames_of) {
  drop_split_findings(findings);
  Judge judge(suppressions, frames_of);
  for (Finding& finding : findings.findings) {
    const Ruling ruling = judge.rule_on(finding);
    const auto known = baseline.findings.find(finding.id);
    if (!finding.accepted) finding.accepted = ruling.acceptance;
    if (!finding.accepted && known != baseline.findings.end() && known->second.kind == finding.kind)
      finding.accepted = {AcceptedBy::baseline, baseline_name, finding.id, "", known->second.instances};
    if (finding.accepted) {
      take_out(finding, findings);
    } else if (!ruling.why_not.empty()) {
      findings.notes.push_back(ruling.why_not);
    }
  }
  findings.unused_rules = judge.unused();
}

}  // namespace gordian
