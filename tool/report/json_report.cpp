// json_report.cpp - Report to JSON, keys in the schema's order.
#include "report/json_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/call_stacks.h"
#include "report/finding_words.h"
#include "report/json_or_null.h"
#include "report/wording.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

const char* word(Strength strength) {
  return strength == Strength::strong ? "strong" : "weak";
}

Json frame_json(const Frame& frame) {
  return {{"function", or_null(frame.function)}, {"file", or_null(frame.file)},
          {"line", or_null(frame.line)},         {"module", frame.module},
          {"offset", hex_words(frame.offset)},   {"inlined", frame.inlined}};
}

Json stack_json(const std::vector<Frame>& frames) {
  Json result = Json::array();
  for (const auto& frame : frames) result.push_back(frame_json(frame));
  return result;
}

Json object_json(const FoundObject& object, CallStacks& stacks) {
  return {{"id", object.id},
          {"type", object.type},
          {"family", object.family},
          {"address", hex_words(object.address)},
          {"size", object.size},
          {"use_count", object.use_count},
          {"weak_count", object.weak_count},
          {"located_strong", object.located_strong},
          {"role", role_word(object.role)},
          {"allocation", stack_json(stacks.allocation_frames(object))}};
}

Json position_json(const std::optional<SourcePosition>& position) {
  if (!position) return nullptr;
  return {{"file", position->file}, {"line", position->line == 0 ? Json(nullptr) : Json(position->line)}};
}

Json reference_json(const FoundReference& reference, CallStacks& stacks) {
  Json taken;
  if (reference.taken != 0) taken = stack_json(stacks.program_frames(reference.taken));
  return {{"from", reference.from},
          {"to", reference.to},
          {"strength", word(reference.strength)},
          {"member", or_null(reference.member)},
          {"declared", position_json(reference.declared)},
          {"field", or_null(reference.field)},
          {"path", reference.path},
          {"type", or_null(reference.type)},
          {"offset", reference.offset},
          {"taken", taken}};
}

Json freed_json(const std::optional<Freed>& freed) {
  if (!freed) return nullptr;
  return {{"objects", freed->objects}, {"bytes", freed->bytes}};
}

Json cut_json(const Cut& cut) {
  return {{"member", or_null(cut.member)},
          {"declared", position_json(cut.declared)},
          {"path", cut.path},
          {"advice", cut.advice},
          {"reason", cut.reason},
          {"breaks_all", cut.breaks_all},
          {"as_good", cut.as_good},
          {"frees", freed_json(cut.frees)}};
}

Json lost_holder_json(const LostHolder& holder, CallStacks& stacks) {
  Json above = nullptr;
  if (holder.hangs_on)
    above = {{"bytes", holder.hangs_on->bytes},
             {"allocation", stack_json(stacks.program_frames(holder.hangs_on->stack))}};
  return {{"bytes", holder.bytes},        {"offset", holder.offset},
          {"path", holder.path},          {"allocation", stack_json(stacks.program_frames(holder.stack))},
          {"hangs_on", std::move(above)}, {"references", holder.references}};
}

Json tail_json(const Tail& tail) {
  return {{"path", tail.path}, {"type", tail.type}, {"objects", tail.objects}, {"bytes", tail.bytes}};
}

Json structure_json(const Structure& structure) {
  Json members = Json::array();
  Json hubs = Json::array();
  for (const auto& member : structure.members) {
    members.push_back({{"path", member.path},
                       {"from_type", member.from_type},
                       {"to_type", member.to_type},
                       {"references", member.references},
                       {"shortest_cycle", member.shortest},
                       {"shortest_cycle_references", member.shortest_references}});
  }
  for (const auto& hub : structure.hubs)
    hubs.push_back({{"type", hub.type}, {"held", hub.held}, {"holds", hub.holds}});
  return {{"members", std::move(members)},
          {"members_in_all", structure.members_in_all},
          {"hubs", std::move(hubs)}};
}

std::string accepted_by(const Acceptance& acceptance) {
  return acceptance.by == AcceptedBy::rule       ? acceptance.where + ": " + acceptance.rule
         : acceptance.by == AcceptedBy::baseline ? acceptance.where
                                                 : acceptance.rule;
}

const char* kind_of(const Acceptance& acceptance) {
  return acceptance.by == AcceptedBy::rule       ? "rule"
         : acceptance.by == AcceptedBy::baseline ? "baseline"
                                                 : "program";
}

Json finding_json(const Finding& finding, CallStacks& stacks) {
  Json objects = Json::array();
  Json references = Json::array();
  Json cuts = Json::array();
  Json tails = Json::array();
  Json lost_holders = Json::array();
  for (const auto& holder : finding.lost_holders) lost_holders.push_back(lost_holder_json(holder, stacks));
  for (const auto& tail : finding.tails) tails.push_back(tail_json(tail));
  for (const auto& object : finding.objects) objects.push_back(object_json(object, stacks));
  for (const auto& reference : finding.references) references.push_back(reference_json(reference, stacks));
  for (const auto& cut : finding.cuts) cuts.push_back(cut_json(cut));
  Json json = {{"id", finding.id},
               {"kind", kind_word(finding.kind)},
               {"root", finding.root},
               {"instances", finding.instances},
               {"evidence", evidence_word(finding.evidence)},
               {"held_by", finding.held_by},
               {"cycle_objects", finding.cycle_objects},
               {"fewest_cycle_objects", finding.fewest_objects},
               {"most_cycle_objects", finding.most_objects},
               {"retained_objects", finding.retained_objects},
               {"bytes", finding.bytes},
               {"objects", std::move(objects)},
               {"references", std::move(references)},
               {"omitted", finding.omitted},
               {"structure", finding.structure ? structure_json(*finding.structure) : Json(nullptr)},
               {"tails", std::move(tails)},
               {"lost_holders", std::move(lost_holders)},
               {"cuts", std::move(cuts)},
               {"suppressed_by", finding.accepted ? Json(accepted_by(*finding.accepted)) : Json(nullptr)},
               {"accepted_by", finding.accepted ? Json(kind_of(*finding.accepted)) : Json(nullptr)},
               {"suppressed_why", finding.accepted && !finding.accepted->reason.empty()
                                      ? Json(finding.accepted->reason)
                                      : Json(nullptr)}};
  if (finding.instances_before) json["instances_before"] = *finding.instances_before;
  return json;
}

Json program_json(const Snapshot& snapshot) {
  Json json = {{"path", snapshot.program},
               {"arguments", snapshot.arguments},
               {"pid", snapshot.pid},
               {"exit_status", or_null(snapshot.exit_status)},
               {"shim", snapshot.shim}};
  if (snapshot.check != 0) json["check"] = snapshot.check;
  return json;
}

// Findings, as `cycles` and `orphans` count instances: what is accepted is in none of the other totals.
std::size_t accepted_count(const Findings& findings, bool by_baseline) {
  return static_cast<std::size_t>(
      std::count_if(findings.findings.begin(), findings.findings.end(), [&](const Finding& finding) {
        return finding.accepted && (finding.accepted->by == AcceptedBy::baseline) == by_baseline;
      }));
}

Json summary_json(const Findings& findings) {
  return {{"cycles", findings.cycles},
          {"objects_in_cycles", findings.objects_in_cycles},
          {"objects_retained", findings.objects_retained},
          {"orphans", findings.orphans},
          {"bytes", findings.bytes},
          {"suppressed", accepted_count(findings, false)},
          {"baselined", accepted_count(findings, true)}};
}

}  // namespace

std::string json_report(const Report& report) {
  CallStacks stacks(report);
  Json findings = Json::array();
  for (const auto& finding : report.findings.findings) findings.push_back(finding_json(finding, stacks));
  Json document = {{"format", "gordian-report"},
                   {"version", 1},
                   {"program", program_json(report.snapshot)},
                   {"summary", summary_json(report.findings)},
                   {"findings", std::move(findings)},
                   {"notes", report.notes()},
                   {"unused_suppressions", report.findings.unused_rules}};
  if (const auto& earlier = report.findings.earlier) {
    document["earlier"] = {
        {"check", earlier->number}, {"seconds", earlier->seconds}, {"gone", earlier->gone}};
  }
  if (!report.findings.grown.empty()) {
    Json grown = Json::array();
    for (const auto& site : report.findings.grown) {
      grown.push_back({{"type", site.type},
                       {"before", site.before},
                       {"now", site.now},
                       {"rises", site.rises},
                       {"allocation", stack_json(stacks.program_frames(site.stack))}});
    }
    document["grown"] = std::move(grown);
  }
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gordian
