// report_reader.cpp - from checked JSON to what it says. Nothing here can be missing or of a wrong type.
#include "report_file/report_reader.h"

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "report_file/json_reader.h"
#include "report_file/report_shape.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

std::optional<std::string> text_or_none(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return found->get<std::string>();
}

std::uint64_t number_or_none(const Json& object, const char* name) {
  return object.value(name, std::uint64_t{0});
}

std::vector<std::string> own_types(const Json& objects, const std::string& role) {
  std::vector<std::string> types;
  std::set<std::string> known;
  for (const Json& object : objects) {
    if (object["role"] != role) continue;
    auto type = object["type"].get<std::string>();
    if (known.insert(type).second) types.push_back(std::move(type));
  }
  return types;
}

std::optional<std::string> best_cut(const Json& cuts) {
  if (cuts.empty()) return std::nullopt;
  const Json& cut = cuts.front();
  const auto member = text_or_none(cut, "member");
  return (member ? *member : "the reference at " + cut["path"].get<std::string>()) + ": " +
         cut["advice"].get<std::string>() + (cut["breaks_all"].get<bool>() ? "" : " (not enough alone)");
}

std::vector<Sighting> sightings_of(const Json& finding) {
  std::vector<Sighting> sightings;
  const auto found = finding.find("seen_by");
  if (found == finding.end()) return sightings;
  for (const Json& sighting : *found) {
    sightings.push_back({sighting["program"].get<std::string>(), sighting["pid"].get<std::uint64_t>(),
                         sighting["file"].get<std::string>(), text_or_none(sighting, "test"),
                         sighting["instances"].get<std::uint64_t>()});
  }
  return sightings;
}

ReportedFinding finding_of(const Json& json) {
  ReportedFinding finding;
  finding.id = json["id"].get<std::string>();
  finding.kind = json["kind"] == "cycle" ? FindingKind::cycle : FindingKind::orphan;
  finding.root = json.value("root", true);
  finding.instances = json["instances"].get<std::uint64_t>();
  finding.evidence = json["evidence"] == "proved" ? Evidence::proved : Evidence::likely;
  finding.cycle_objects = json["cycle_objects"].get<std::uint64_t>();
  finding.fewest_objects = json.value("fewest_cycle_objects", finding.cycle_objects);
  finding.most_objects = json.value("most_cycle_objects", finding.cycle_objects);
  finding.bytes = json["bytes"].get<std::uint64_t>();
  finding.test = text_or_none(json, "test");
  finding.types = own_types(json["objects"], json["kind"].get<std::string>());
  finding.cut = best_cut(json["cuts"]);
  finding.suppressed_by = text_or_none(json, "suppressed_by");
  finding.suppressed_why = text_or_none(json, "suppressed_why");
  finding.accepted_by_baseline = text_or_none(json, "accepted_by") == "baseline";
  const bool suppressed = finding.suppressed_by.has_value();
  finding.suppressed_instances = json.value("suppressed_instances", suppressed ? finding.instances : 0);
  finding.suppressed_bytes = json.value("suppressed_bytes", suppressed ? finding.bytes : 0);
  finding.seen_by = sightings_of(json);
  finding.seen_by_omitted = number_or_none(json, "seen_by_omitted");
  return finding;
}

ReportTotals totals_of(const Json& summary) {
  const auto number = [&](const char* name) { return summary[name].get<std::uint64_t>(); };
  return {number("cycles"), number("objects_in_cycles"), number("objects_retained"), number("orphans"),
          number("bytes"),  number("suppressed"),        number("baselined")};
}

// Asked as soon as the field is there, so that another format's other fields are not found fault with.
void require_this_format(const TextSource& source, std::string_view name, const Json& value) {
  if (name == "format" && value != "gordian-report") {
    throw source.fault("is no gordian report, but " + value.get<std::string>().substr(0, 60));
  }
  if (name == "version" && value != 1) {
    throw source.fault("is a report of version " + value.dump() +
                       ", and this gordian reads version 1; use the gordian that wrote it, or a newer one");
  }
}

void take_field(ReportedRun& run, std::string_view name, Json&& value) {
  if (name == "program") {
    run.program = value["path"].get<std::string>();
    run.pid = value["pid"].get<std::uint64_t>();
    run.check = number_or_none(value, "check");
  } else if (name == "summary") {
    run.totals = totals_of(value);
  } else if (name == "notes") {
    run.notes = value.get<std::vector<std::string>>();
  } else if (name == "unused_suppressions") {
    run.unused_suppressions = value.get<std::vector<std::string>>();
  } else if (name == "merged") {
    run.reports = value["reports"].get<std::uint64_t>();
    run.reports_with_findings = value["with_findings"].get<std::uint64_t>();
    run.notes_omitted = number_or_none(value, "notes_omitted");
  }
}

// Formats show ids as they are, in tables and markup too.
void require_ids(const TextSource& source, const Json& finding) {
  const auto require = [&](const Json& id) {
    if (!is_finding_id(id.get_ref<const std::string&>()))
      throw source.fault("the id of a finding is not eight digits of 0-9 and a-f");
  };
  require(finding["id"]);
  if (const auto holders = finding.find("held_by"); holders != finding.end())
    for (const Json& id : *holders) require(id);
}

}  // namespace

ReportedRun read_report(TextSource& source, const FindingHandler& handle) {
  ReportedRun run;
  bool merged = false;
  bool found = false;
  // There is no end to how many of these a long run may leave.
  constexpr std::array<std::string_view, 2> kStreamed = {"findings", "grown"};
  read_json(source, kReportShape, kStreamed, [&](std::string_view name, Json&& part) {
    if (name == "findings") {
      require_ids(source, part);
      auto finding = finding_of(part);
      found |= !finding.suppressed_by && can_fail(finding.kind, finding.evidence);
      handle(std::move(finding), std::move(part));
      return;
    }
    require_this_format(source, name, part);
    merged |= name == "merged";
    take_field(run, name, std::move(part));
  });
  if (!merged) {
    run.reports = 1;
    run.reports_with_findings = found ? 1 : 0;
  }
  return run;
}

}  // namespace gordian
