// baseline.cpp - see baseline.h.
#include "acceptance/baseline.h"

#include <array>
#include <nlohmann/json.hpp>

#include "analysis/findings.h"
#include "base/error.h"
#include "base/text_file.h"
#include "report_file/json_reader.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;
using enum JsonField::Need;

constexpr std::string_view kFormat = "gordian-baseline";
constexpr std::uint64_t kVersion = 1;

constexpr JsonShape kText{JsonType::text};
constexpr JsonShape kNatural{JsonType::natural};
constexpr std::array<std::string_view, 2> kKindWords = {"cycle", "orphan"};
constexpr JsonShape kKind{.type = JsonType::text, .words = kKindWords};
constexpr std::array kEntryFields = {
    JsonField{"id", &kText, required},
    JsonField{"kind", &kKind, required},
    JsonField{"instances", &kNatural, required},
    JsonField{"what", &kText},
};
constexpr JsonShape kEntry{.type = JsonType::object, .fields = kEntryFields};
constexpr JsonShape kEntries{.type = JsonType::list, .items = &kEntry};
constexpr std::array kBaselineFields = {
    JsonField{"format", &kText, required},
    JsonField{"version", &kNatural, required},
    JsonField{"findings", &kEntries, required},
};
constexpr JsonShape kBaselineShape{.type = JsonType::object, .fields = kBaselineFields};

// Asked as soon as the field is there, before another format's other fields are found fault with.
void require_this_format(const TextSource& source, const Json& format) {
  if (format == kFormat) return;
  if (format == "gordian-report")
    throw source.fault("is a report and no baseline; make one of it: gordian baseline FILE REPORT");
  throw source.fault("is no baseline of gordian's, but " + format.get<std::string>().substr(0, 60));
}

void add_entry(Baseline& baseline, const Json& json, const TextSource& source) {
  const auto id = json["id"].get<std::string>();
  if (!is_finding_id(id)) throw source.fault("the id is not eight digits of 0-9 and a-f");
  BaselineEntry entry;
  entry.kind = json["kind"] == "cycle" ? FindingKind::cycle : FindingKind::orphan;
  entry.instances = json["instances"].get<std::uint64_t>();
  entry.what = json.value("what", "");
  if (!baseline.findings.emplace(id, std::move(entry)).second)
    throw source.fault("the finding " + id + " is there twice");
}

}  // namespace

Baseline read_baseline(const std::string& path) {
  return read_baseline_text(
      read_text_file(path, "a baseline, as `gordian baseline` writes it", kLargestBaseline), path);
}

Baseline read_baseline_text(std::string_view text, const std::string& name) {
  TextSource source(name, text);
  Baseline baseline;
  constexpr std::array<std::string_view, 1> kStreamed = {"findings"};
  read_json(source, kBaselineShape, kStreamed, [&](std::string_view field, Json&& part) {
    if (field == "format") require_this_format(source, part);
    if (field == "findings") add_entry(baseline, part, source);
    if (field == "version" && part.get<std::uint64_t>() != kVersion)
      throw source.fault("this is a baseline of another version of gordian");
  });
  return baseline;
}

std::string baseline_text(const Baseline& baseline) {
  std::string text = "{\n  \"format\": \"" + std::string(kFormat) +
                     "\",\n  \"version\": " + std::to_string(kVersion) + ",\n  \"findings\": [";
  const char* before = "\n";
  for (const auto& [id, entry] : baseline.findings) {
    const Json json = {
        {"id", id}, {"kind", kind_word(entry.kind)}, {"instances", entry.instances}, {"what", entry.what}};
    text += before + std::string("    ") + json.dump(-1, ' ', false, Json::error_handler_t::replace);
    before = ",\n";
  }
  return text + (baseline.findings.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace gordian
