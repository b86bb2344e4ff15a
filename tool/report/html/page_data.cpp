// page_data.cpp - see page_data.h.
#include "report/html/page_data.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "report/finding_words.h"
#include "report/html/finding_data.h"
#include "report/text_report.h"
#include "report/wording.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

Json program_data(const Report& report) {
  const Snapshot& snapshot = report.snapshot;
  const std::string name = std::filesystem::path(snapshot.program).filename().string();
  Json arguments = Json::array();
  for (const auto& argument : snapshot.arguments) arguments.push_back(printable(argument, kMostInName));
  return {{"name", name.empty() ? report.reports : printable(name)},
          {"path", printable(snapshot.program, kMostInName)},
          {"arguments", std::move(arguments)},
          {"pid", snapshot.pid},
          {"exit_status", snapshot.exit_status ? Json(*snapshot.exit_status) : Json(nullptr)}};
}

}  // namespace

Json page_data(const Report& report, const Look& look) {
  CodeTable code(report, look);
  GraphLayout layout;
  Json findings = Json::array();
  auto shown = findings_for_people(report.findings);
  const auto accepted = accepted_findings(report.findings);
  shown.insert(shown.end(), accepted.begin(), accepted.end());
  for (const auto* finding : shown) {
    const bool draw = findings.size() < kMostPictures;
    findings.push_back(finding_data(*finding, report, code, draw ? &layout : nullptr));
  }
  return {{"program", program_data(report)},
          {"headline", headline(report, look)},
          {"notes", notes_for_people(report)},
          {"frames", code.frames()},
          {"stacks", code.stacks()},
          {"findings", std::move(findings)}};
}

}  // namespace gordian
