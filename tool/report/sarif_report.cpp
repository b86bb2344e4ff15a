// sarif_report.cpp - Report to SARIF, from the log down to a location.
#include "report/sarif_report.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "report/finding_words.h"
#include "report/markdown.h"
#include "report/text_cuts.h"
#include "report/text_finding.h"
#include "report/wording.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr const char* kRoot = "SRCROOT";

struct Rule {
  FindingKind kind;
  const char* name;
  const char* summary;
  const char* description;
  const char* help;
  const char* level;
};

// The row of a kind is its rule's index.
constexpr std::array kRules = {
    Rule{FindingKind::cycle, "ReferenceCycle", "Objects are kept alive by a reference cycle only.",
         "Reference-counted objects that hold strong references to each other in a ring are never freed once "
         "nobody else owns them.",
         "Let one reference of the ring own nothing: make it weak, reset it when it is done with, or let "
         "somebody else own the object. Each result names the members that break its cycle, the best first.",
         "error"},
    Rule{FindingKind::orphan, "Orphan", "A strong reference to an object was lost.",
         "The object's reference count says that somebody owns it, but that reference lies in memory that "
         "nothing points to any more, so it is never given up.",
         "Free what holds the handle, or keep the handle by value: a std::shared_ptr that was made with new "
         "and never deleted is the usual cause.",
         "warning"},
};

std::size_t rule_index(FindingKind kind) {
  return kind == FindingKind::cycle ? 0 : 1;
}

Json text_message(std::string_view text) {
  return {{"text", sarif_message(text)}};
}

Json rules() {
  Json all = Json::array();
  for (const auto& rule : kRules) {
    all.push_back({{"id", rule_id(rule.kind)},
                   {"name", rule.name},
                   {"shortDescription", {{"text", rule.summary}}},
                   {"fullDescription", {{"text", rule.description}}},
                   {"help", {{"text", rule.help}}},
                   {"defaultConfiguration", {{"level", rule.level}}},
                   {"properties", {{"tags", {"memory", "correctness"}}}}});
  }
  return all;
}

// Writes the results of one report.
class Results {
 public:
  Results(const Report& report, const Look& look) : report_(report), look_(look), stacks_(report) {}

  Json result(const Finding& finding);

 private:
  Json physical(const SourcePosition& position) const;
  Json place(const Finding& finding);
  Json allocation(const FoundObject& object);
  Json related(const Finding& finding);
  Json graph(const Finding& finding);
  Json flow(const Finding& finding);
  Json message(const Finding& finding);
  const char* level(const Finding& finding) const;

  const Report& report_;
  const Look& look_;
  CallStacks stacks_;
};

std::string object_name(const FoundObject& object) {
  return printable(object.type) + " #" + std::to_string(object.id);
}

std::string reference_name(const FoundReference& reference) {
  return printable(reference.path);
}

const FoundObject* object_of(const Finding& finding, std::uint32_t id) {
  const auto found = std::find_if(finding.objects.begin(), finding.objects.end(),
                                  [&](const auto& object) { return object.id == id; });
  return found == finding.objects.end() ? nullptr : &*found;
}

Json Results::physical(const SourcePosition& position) const {
  const std::string path = path_below(position.file, look_.checkout);
  Json artifact;
  if (path.starts_with('/')) {
    artifact = {{"uri", "file://" + uri_path(path)}};
  } else {
    artifact = {{"uri", uri_path(path)}, {"uriBaseId", kRoot}};
  }
  Json result = {{"artifactLocation", std::move(artifact)}};
  if (position.line > 0) result["region"] = {{"startLine", position.line}};
  return result;
}

Json Results::place(const Finding& finding) {
  Json result = Json::object();
  if (const auto position = finding_position(finding, stacks_)) {
    result["physicalLocation"] = physical(*position);
  }
  if (!finding.cuts.empty() && finding.cuts.front().member) {
    result["logicalLocations"] =
        Json::array({{{"fullyQualifiedName", printable(*finding.cuts.front().member)}, {"kind", "member"}}});
  }
  return result;
}

// Where the object was made; an empty object when no stack with a file says so.
Json Results::allocation(const FoundObject& object) {
  const auto position = allocation_position(object.stack, stacks_);
  if (!position) return Json::object();
  return {{"physicalLocation", physical(*position)},
          {"message", text_message(object_name(object) + " is allocated here")}};
}

Json Results::related(const Finding& finding) {
  Json all = Json::array();
  for (const auto& object : finding.objects) {
    Json location = allocation(object);
    if (location.empty()) continue;
    Json numbered = {{"id", object.id}};
    numbered.update(location);
    all.push_back(std::move(numbered));
  }
  return all;
}

Json Results::graph(const Finding& finding) {
  Json nodes = Json::array();
  for (const auto& object : finding.objects) {
    Json node = {{"id", std::to_string(object.id)}, {"label", text_message(object_name(object))}};
    if (Json location = allocation(object); !location.empty()) node["location"] = std::move(location);
    nodes.push_back(std::move(node));
  }
  Json edges = Json::array();
  for (const auto& reference : finding.references) {
    if (reference.strength != Strength::strong) continue;
    edges.push_back({{"id", std::to_string(edges.size() + 1)},
                     {"label", text_message(reference_name(reference))},
                     {"sourceNodeId", std::to_string(reference.from)},
                     {"targetNodeId", std::to_string(reference.to)}});
  }
  return {{"description", {{"text", "the strong references between the objects shown"}}},
          {"nodes", std::move(nodes)},
          {"edges", std::move(edges)}};
}

// From object to object round the cycle, as far as references between neighbours are shown: each step at
// the member's declaration, else where its object is made. Empty when no step has a place.
Json Results::flow(const Finding& finding) {
  Json steps = Json::array();
  for (std::size_t i = 0; i < finding.cycle_objects && i < finding.objects.size(); ++i) {
    const auto& from = finding.objects[i];
    if (from.role != Role::cycle) break;
    const bool last = i + 1 == finding.cycle_objects;
    const std::uint32_t next = last ? finding.objects.front().id : from.id + 1;
    const auto step = std::find_if(finding.references.begin(), finding.references.end(), [&](const auto& r) {
      return r.from == from.id && r.to == next && r.strength == Strength::strong;
    });
    const auto* to = object_of(finding, next);
    if (step == finding.references.end() || to == nullptr) continue;
    const auto position = step->declared ? step->declared : allocation_position(from.stack, stacks_);
    if (!position) continue;
    const std::string words =
        object_name(from) + " holds " + object_name(*to) + " through " + reference_name(*step);
    steps.push_back(
        {{"location", {{"physicalLocation", physical(*position)}, {"message", text_message(words)}}}});
  }
  return steps;
}

// Names in the Markdown are between backticks: readers of SARIF take no HTML.
Json Results::message(const Finding& finding) {
  const std::string text = finding_sentence(finding) + " " + advice_sentence(finding);
  std::string markdown = sarif_message(finding_sentence(finding));
  if (finding.kind == FindingKind::orphan || finding.cuts.empty()) {
    markdown = sarif_message(code_span(text));
  } else {
    const Cut& cut = finding.cuts.front();
    markdown += " Cut " + sarif_message(code_span(printable(cut_name(cut, finding)))) + ": " +
                sarif_message(code_span(printable(cut.advice, 500)));
    if (!cut.breaks_all) markdown += ". Other references must go too";
    markdown += ".";
  }
  return {{"text", sarif_message(text)}, {"markdown", markdown}};
}

const char* Results::level(const Finding& finding) const {
  if (report_.fails(finding)) return "error";
  return finding.kind == FindingKind::orphan && finding.evidence == Evidence::likely ? "note" : "warning";
}

Json properties(const Finding& finding) {
  Json cuts = Json::array();
  for (const auto& cut : finding.cuts) {
    cuts.push_back({{"path", printable(cut.path)}, {"advice", printable(cut.advice, 500)}});
  }
  Json all = {{"evidence", evidence_word(finding.evidence)},
              {"cycleObjects", finding.cycle_objects},
              {"retainedObjects", finding.retained_objects},
              {"bytes", finding.bytes},
              {"cuts", std::move(cuts)}};
  if (!finding.seen_by.empty()) all["seenBy"] = finding.seen_by;
  return all;
}

// Code scanning lists what is suppressed apart, with its justification.
Json suppressions(const Acceptance& acceptance) {
  const bool in_source = acceptance.by == AcceptedBy::program;
  return Json::array({{{"kind", in_source ? "inSource" : "external"},
                       {"status", "accepted"},
                       {"justification", acceptance_words(acceptance)}}});
}

Json Results::result(const Finding& finding) {
  Json result = {{"ruleId", rule_id(finding.kind)},
                 {"ruleIndex", rule_index(finding.kind)},
                 {"level", level(finding)},
                 {"message", message(finding)}};
  if (Json location = place(finding); !location.empty())
    result["locations"] = Json::array({std::move(location)});
  if (Json locations = related(finding); !locations.empty())
    result["relatedLocations"] = std::move(locations);
  if (Json steps = flow(finding); !steps.empty()) {
    result["codeFlows"] = Json::array({{{"threadFlows", Json::array({{{"locations", std::move(steps)}}})}}});
  }
  result["graphs"] = Json::array({graph(finding)});
  result["occurrenceCount"] = finding.instances;
  // Partial, because two programs may have cycles of one shape.
  result["partialFingerprints"] = {{"gordianFinding/v1", finding.id}};
  if (finding.accepted) result["suppressions"] = suppressions(*finding.accepted);
  result["properties"] = properties(finding);
  return result;
}

Json tool() {
  return {{"driver",
           {{"name", "gordian"},
            {"version", GORDIAN_VERSION},
            {"semanticVersion", GORDIAN_VERSION},
            {"shortDescription", {{"text", "Finds C++ objects that only reference cycles keep alive."}}},
            {"rules", rules()}}}};
}

// That the tool could tell, and what limited it. The program's own status is not the tool's.
Json invocation(const Report& report) {
  Json notes = Json::array();
  for (const auto& note : report.notes()) {
    notes.push_back({{"message", text_message(printable(note, 1000))}, {"level", "note"}});
  }
  for (const auto& rule : report.findings.unused_rules) {
    notes.push_back({{"message", text_message(printable(rule) + " accepted nothing")}, {"level", "note"}});
  }
  Json result = {{"executionSuccessful", true}};
  if (!notes.empty()) result["toolExecutionNotifications"] = std::move(notes);
  return result;
}

// Of the program: what one test leaks does not replace what another does.
Json automation(const Report& report) {
  const auto name = std::filesystem::path(report.snapshot.program).filename().string();
  const char* const nameless = report.reports.empty() ? "program" : "all";
  return {{"id", "gordian/" + (name.empty() ? nameless : printable(name)) + "/"}};
}

Json roots(const Look& look) {
  if (look.checkout.empty()) return {{kRoot, {{"description", {{"text", "where the program was checked"}}}}}};
  std::string path = look.checkout.lexically_normal().string();
  if (path.back() != '/') path += '/';
  return {{kRoot, {{"uri", "file://" + uri_path(path)}}}};
}

}  // namespace

std::string uri_path(std::string_view path) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string uri;
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return uri;
}

std::string sarif_message(std::string_view text) {
  std::string message;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{' || c == '}') message += c;                         // doubled
    if (c == ']' && text.substr(i + 1, 1) == "(") message += '\\';  // [words](address) would be a link
    message += c;
  }
  return message;
}

std::string sarif_report(const Report& report, const Look& look) {
  Results writer(report, look);
  Json results = Json::array();
  for (const auto& finding : report.findings.findings) results.push_back(writer.result(finding));
  Json run = {{"tool", tool()},
              {"automationDetails", automation(report)},
              {"originalUriBaseIds", roots(look)},
              {"invocations", Json::array({invocation(report)})},
              {"columnKind", "utf16CodeUnits"},
              {"results", std::move(results)}};
  const Json log = {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gordian
