// merged_json.cpp - MergedReport to JSON, one finding at a time: together they are text only.
#include <nlohmann/json.hpp>

#include "compare/merge_formats.h"
#include "report/json_or_null.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

// `value` as it looks `depth` levels deep in a document.
std::string text_of(const Json& value, std::size_t depth) {
  const std::string text = value.dump(2, ' ', false, Json::error_handler_t::replace);
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '\n') result.append(2 * depth, ' ');  // a string's own newlines are escaped
  }
  return result;
}

Json sighting_json(const Sighting& sighting) {
  Json json = {{"program", sighting.program}, {"pid", sighting.pid}, {"file", sighting.file}};
  if (sighting.test) json["test"] = *sighting.test;
  json["instances"] = sighting.instances;
  return json;
}

Json head_json(const ReportedRun& run) {
  const ReportTotals& totals = run.totals;
  return {{"format", "gordian-report"},
          {"version", 1},
          {"program", {{"path", run.program}, {"pid", run.pid}}},
          {"merged",
           {{"reports", run.reports},
            {"with_findings", run.reports_with_findings},
            {"notes_omitted", run.notes_omitted}}},
          {"summary",
           {{"cycles", totals.cycles},
            {"objects_in_cycles", totals.objects_in_cycles},
            {"objects_retained", totals.objects_retained},
            {"orphans", totals.orphans},
            {"bytes", totals.bytes},
            {"suppressed", totals.suppressed},
            {"baselined", totals.baselined}}}};
}

}  // namespace

Json merged_finding_json(const MergedFinding& finding) {
  const ReportedFinding& sum = finding.sum;
  Json json = Json::parse(finding.json);
  // Of one report's instances, and by what holds them there.
  if (json["instances"] != sum.instances) {
    for (Json& cut : json["cuts"]) {
      if (cut.contains("frees")) cut["frees"] = nullptr;
    }
  }
  if (sum.root && json.contains("held_by")) json["held_by"] = Json::array();
  json["root"] = sum.root;
  json["instances"] = sum.instances;
  json["evidence"] = evidence_word(sum.evidence);
  json["bytes"] = sum.bytes;
  if (json.contains("fewest_cycle_objects")) json["fewest_cycle_objects"] = sum.fewest_objects;
  if (json.contains("most_cycle_objects")) json["most_cycle_objects"] = sum.most_objects;
  if (json.contains("suppressed_by")) json["suppressed_by"] = or_null(sum.suppressed_by);
  if (json.contains("suppressed_why")) json["suppressed_why"] = or_null(sum.suppressed_why);
  if (!sum.suppressed_by && json.contains("accepted_by")) json["accepted_by"] = nullptr;
  json["suppressed_instances"] = sum.suppressed_instances;
  json["suppressed_bytes"] = sum.suppressed_bytes;
  json["seen_by"] = Json::array();
  for (const auto& sighting : sum.seen_by) json["seen_by"].push_back(sighting_json(sighting));
  json["seen_by_omitted"] = sum.seen_by_omitted;
  return json;
}

std::string merged_json(const MergedReport& report) {
  std::string text = text_of(head_json(report.run), 0);
  text.erase(text.size() - 2);  // "\n}"
  text += ",\n  \"findings\": [";
  for (const auto& finding : report.findings) {
    text += (&finding == &report.findings.front() ? "\n    " : ",\n    ") +
            text_of(merged_finding_json(finding), 2);
  }
  text += report.findings.empty() ? "]" : "\n  ]";
  text += ",\n  \"notes\": " + text_of(Json(report.run.notes), 1);
  if (report.run.unused_suppressions)
    text += ",\n  \"unused_suppressions\": " + text_of(Json(*report.run.unused_suppressions), 1);
  return text + "\n}\n";
}

}  // namespace gordian
