// finding_words.cpp - see finding_words.h.
#include "report/finding_words.h"

#include <algorithm>

#include "report/text_cuts.h"
#include "report/wording.h"

namespace gordian {
namespace {

std::string cycle_sentence(const Finding& finding) {
  const bool many = finding.instances > 1;
  std::string words = many ? std::to_string(finding.instances) + " reference cycles of "
                           : std::string("A reference cycle of ");
  words += own_objects_words(finding) + (many ? " each" : "");
  words += " (" + size_words(finding.bytes) + (many ? " in all) keep themselves" : ") keeps itself");
  if (!retains_alike(finding)) {
    if (finding.objects_held != kNotCounted)
      words += " and " + counted(finding.objects_held - finding.own_objects, "more object");
  } else if (finding.retained_objects != 0) {
    words += " and " + counted(finding.retained_objects, "more object") + (many ? " each" : "");
  }
  return words + " alive.";
}

std::string orphan_sentence(const Finding& finding) {
  const bool many = finding.instances > 1;
  std::string words =
      many ? std::to_string(finding.instances) + " strong references" : std::string("A strong reference");
  if (!finding.objects.empty()) words += " to " + printable(finding.objects.front().type, 80);
  return words + (many ? " were" : " was") + " lost: " + size_words(finding.bytes) +
         (finding.bytes == 1 ? " is" : " are") + " never freed.";
}

}  // namespace

bool retains_alike(const Finding& finding) {
  const std::uint64_t all = finding.instances * finding.retained_objects;
  return finding.objects_held <= finding.own_objects || finding.objects_held - finding.own_objects == all;
}

bool is_for_people(const Finding& finding) {
  return !finding.accepted && (finding.kind == FindingKind::cycle || finding.evidence == Evidence::proved);
}

std::vector<const Finding*> findings_for_people(const Findings& findings) {
  std::vector<const Finding*> shown;
  for (const auto& finding : findings.findings) {
    if (is_for_people(finding)) shown.push_back(&finding);
  }
  std::stable_partition(shown.begin(), shown.end(),
                        [](const Finding* finding) { return finding->kind == FindingKind::cycle; });
  return shown;
}

std::vector<const Finding*> accepted_findings(const Findings& findings) {
  std::vector<const Finding*> accepted;
  for (const auto& finding : findings.findings) {
    if (finding.accepted) accepted.push_back(&finding);
  }
  return accepted;
}

namespace {

std::string because_words(const std::string& reason) {
  return reason.empty() ? "" : " because " + printable(reason, 400);
}

}  // namespace

std::string acceptance_words(const Acceptance& acceptance) {
  switch (acceptance.by) {
    case AcceptedBy::program:
      return acceptance.rule + because_words(acceptance.reason);
    case AcceptedBy::baseline:
      return printable(acceptance.where);
    case AcceptedBy::rule:
      break;
  }
  return printable(acceptance.where) + ": " + printable(acceptance.rule) + because_words(acceptance.reason);
}

std::string accepted_words(const Finding& finding) {
  const bool many = finding.instances > 1;
  std::string words = finding_name(finding) + " · " + type_words(finding.footprint.types) + " · " +
                      own_objects_words(finding);
  if (many) words += " · " + std::to_string(finding.instances) + " times";
  words += " · " + size_words(finding.bytes) + (many ? " in all" : "");
  const Acceptance& acceptance = *finding.accepted;
  if (acceptance.by == AcceptedBy::baseline && finding.instances > acceptance.instances)
    words +=
        " · " + std::to_string(finding.instances - acceptance.instances) + " more than when it was accepted";
  return words;
}

const char* rule_id(FindingKind kind) {
  return kind == FindingKind::cycle ? "reference-cycle" : "orphan";
}

// Counts the references to the objects that are drawn, so that a reader can count along.
std::string evidence_reason(const Finding& finding) {
  if (finding.kind == FindingKind::orphan) return "proved: a strong reference was lost, not looped";
  std::uint64_t needed = 0;
  std::uint64_t found = 0;
  std::uint64_t objects = 0;
  for (const auto& object : finding.objects) {
    if (object.role != Role::cycle) continue;
    needed += object.use_count;
    found += object.located_strong;
    ++objects;
  }
  const std::string each = finding.instances > 1 ? " in each" : "";
  if (finding.evidence == Evidence::proved) {
    const bool alike = finding.fewest_objects == finding.most_objects;
    if (objects < finding.cycle_objects || !alike) return "proved: every strong reference was found" + each;
    if (needed == 1) return "proved: its only strong reference was found" + each;
    if (needed == 2) return "proved: both strong references were found" + each;
    return "proved: all " + std::to_string(needed) + " strong references were found" + each;
  }
  if (found >= needed) return "likely: not every word that looks like a reference is known to be one";
  return "likely: " + std::to_string(found) + " of " + std::to_string(needed) +
         " strong references were found";
}

const char* role_word(Role role) {
  switch (role) {
    case Role::cycle:
      return "cycle";
    case Role::retained:
      return "retained";
    case Role::orphan:
      return "orphan";
  }
  return "";
}

std::string growth_words(const Finding& finding, const std::optional<EarlierCheck>& earlier) {
  if (!earlier || !finding.instances_before) return "";
  const std::uint64_t before = *finding.instances_before;
  const std::uint64_t now = finding.instances;
  const std::string check = "check " + std::to_string(earlier->number);
  if (before == 0) return "new since " + check;
  if (before == now) return "as often as at " + check;
  return (now > before ? std::to_string(now - before) + " more" : std::to_string(before - now) + " fewer") +
         " than at " + check + " (" + std::to_string(before) + " -> " + std::to_string(now) + ")";
}

std::string growth_words(const Findings& findings) {
  if (!findings.earlier) return "";
  std::string counts;
  const auto add = [&](std::uint64_t number, const char* what) {
    if (number != 0) counts += (counts.empty() ? "" : ", ") + std::to_string(number) + " " + what;
  };
  const auto told = findings_for_people(findings);
  const auto add_if = [&](const char* what, auto&& is_so) {
    add(static_cast<std::uint64_t>(std::count_if(told.begin(), told.end(),
                                                 [&](const Finding* finding) {
                                                   return is_so(finding->instances_before.value_or(0),
                                                                finding->instances);
                                                 })),
        what);
  };
  add_if("new", [](auto before, auto) { return before == 0; });
  add_if("more", [](auto before, auto now) { return before != 0 && now > before; });
  add_if("fewer", [](auto before, auto now) { return now < before; });
  add_if("unchanged", [](auto before, auto now) { return now == before; });
  add(findings.earlier->gone, "gone");
  return "since check " + std::to_string(findings.earlier->number) + ", " +
         std::to_string(findings.earlier->seconds) + " s before: " + (counts.empty() ? "no change" : counts);
}

std::string finding_name(const Finding& finding) {
  return (finding.kind == FindingKind::cycle ? "cycle " : "orphan ") + finding.id;
}

// An orphan with all it keeps is one instance; the orphans themselves have that role.
std::uint64_t own_objects(const Finding& finding) {
  if (finding.kind == FindingKind::cycle) return finding.cycle_objects;
  const auto orphans = std::count_if(finding.objects.begin(), finding.objects.end(),
                                     [](const auto& object) { return object.role == Role::orphan; });
  return static_cast<std::uint64_t>(orphans);
}

std::string own_objects_words(const Finding& finding) {
  const std::string most = counted(finding.most_objects, "object");
  if (finding.fewest_objects < finding.most_objects)
    return std::to_string(finding.fewest_objects) + " to " + most;
  return counted(own_objects(finding), "object");
}

std::string finding_sentence(const Finding& finding) {
  return finding.kind == FindingKind::cycle ? cycle_sentence(finding) : orphan_sentence(finding);
}

std::string advice_sentence(const Finding& finding) {
  if (finding.kind == FindingKind::orphan) {
    return "The handle that owns it lies in heap memory that nothing points to any more. Free its holder, or "
           "keep the handle by value.";
  }
  if (finding.cuts.empty()) return "No single member breaks this cycle.";
  return "Cut " + first_cut_words(finding);
}

std::optional<SourcePosition> finding_position(const Finding& finding, CallStacks& stacks) {
  if (!finding.cuts.empty() && finding.cuts.front().declared) return finding.cuts.front().declared;
  for (const auto& object : finding.objects) {
    if (auto position = allocation_position(object.stack, stacks)) return position;
  }
  return std::nullopt;
}

std::optional<SourcePosition> allocation_position(std::uint32_t row, CallStacks& stacks) {
  for (const auto& frame : stacks.program_frames(row)) {
    if (frame.file) return SourcePosition{*frame.file, frame.line.value_or(0)};
  }
  return std::nullopt;
}

std::string path_below(const std::string& file, const std::filesystem::path& root) {
  std::string whole = std::filesystem::path(file).lexically_normal().string();
  std::string prefix = root.lexically_normal().string();
  if (prefix.empty()) return whole;
  if (prefix.back() != '/') prefix += '/';
  return whole.size() > prefix.size() && whole.starts_with(prefix) ? whole.substr(prefix.size()) : whole;
}

}  // namespace gordian
