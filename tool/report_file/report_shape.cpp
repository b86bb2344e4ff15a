// report_shape.cpp - the fields of a report, in the schema's order. A test holds them against the schema.
#include "report_file/report_shape.h"

#include <array>

namespace gordian {
namespace {

using enum JsonField::Need;

constexpr JsonShape kText{JsonType::text};
constexpr JsonShape kTextOrNull{JsonType::text, true};
constexpr JsonShape kNatural{JsonType::natural};
constexpr JsonShape kIntegerOrNull{JsonType::integer, true};
constexpr JsonShape kBoolean{JsonType::boolean};
constexpr JsonShape kTexts{.type = JsonType::list, .items = &kText};

constexpr JsonShape object(std::span<const JsonField> fields) {
  return {.type = JsonType::object, .fields = fields};
}
constexpr JsonShape list(const JsonShape& items, bool or_null = false) {
  return {.type = JsonType::list, .or_null = or_null, .items = &items};
}
constexpr JsonShape one_of(std::span<const std::string_view> words) {
  return {.type = JsonType::text, .words = words};
}

constexpr std::array<std::string_view, 3> kRoleWords = {"cycle", "retained", "orphan"};
constexpr std::array<std::string_view, 2> kStrengthWords = {"strong", "weak"};
constexpr std::array<std::string_view, 2> kKindWords = {"cycle", "orphan"};
constexpr std::array<std::string_view, 2> kEvidenceWords = {"proved", "likely"};
constexpr JsonShape kRole = one_of(kRoleWords);
constexpr JsonShape kStrength = one_of(kStrengthWords);
constexpr JsonShape kKind = one_of(kKindWords);
constexpr JsonShape kEvidence = one_of(kEvidenceWords);

constexpr std::array kFrameFields = {
    JsonField{"function", &kTextOrNull},   JsonField{"file", &kTextOrNull},
    JsonField{"line", &kIntegerOrNull},    JsonField{"module", &kText, required},
    JsonField{"offset", &kText, required}, JsonField{"inlined", &kBoolean},
};
constexpr JsonShape kFrame = object(kFrameFields);
constexpr JsonShape kStack = list(kFrame);
constexpr JsonShape kStackOrNull = list(kFrame, true);

constexpr std::array kObjectFields = {
    JsonField{"id", &kNatural, required},         JsonField{"type", &kText, required},
    JsonField{"family", &kText, required},        JsonField{"address", &kText},
    JsonField{"size", &kNatural, required},       JsonField{"use_count", &kNatural, required},
    JsonField{"weak_count", &kNatural, required}, JsonField{"located_strong", &kNatural},
    JsonField{"role", &kRole, required},          JsonField{"thread", &kTextOrNull},
    JsonField{"allocation", &kStack, required},
};
constexpr JsonShape kObject = object(kObjectFields);
constexpr JsonShape kObjects = list(kObject);

constexpr std::array kReferenceFields = {
    JsonField{"from", &kNatural, required},
    JsonField{"to", &kNatural, required},
    JsonField{"strength", &kStrength, required},
    JsonField{"member", &kTextOrNull, required},
    JsonField{"path", &kText, required},
    JsonField{"type", &kTextOrNull},
    JsonField{"offset", &kNatural},
    JsonField{"taken", &kStackOrNull},
};
constexpr JsonShape kReference = object(kReferenceFields);
constexpr JsonShape kReferences = list(kReference);

constexpr std::array kCutFields = {
    JsonField{"member", &kTextOrNull, required},  JsonField{"path", &kText, required},
    JsonField{"advice", &kText, required},        JsonField{"reason", &kText},
    JsonField{"breaks_all", &kBoolean, required},
};
constexpr JsonShape kCut = object(kCutFields);
constexpr JsonShape kCuts = list(kCut);

constexpr std::array kSightingFields = {
    JsonField{"program", &kText, required},      JsonField{"pid", &kNatural, required},
    JsonField{"file", &kText, required},         JsonField{"test", &kTextOrNull},
    JsonField{"instances", &kNatural, required},
};
constexpr JsonShape kSighting = object(kSightingFields);
constexpr JsonShape kSightings = list(kSighting);

constexpr std::array kFindingFields = {
    JsonField{"id", &kText, required},
    JsonField{"kind", &kKind, required},
    JsonField{"root", &kBoolean},
    JsonField{"instances", &kNatural, required},
    JsonField{"evidence", &kEvidence, required},
    JsonField{"cycle_objects", &kNatural, required},
    JsonField{"retained_objects", &kNatural, required},
    JsonField{"bytes", &kNatural, required},
    JsonField{"test", &kTextOrNull},
    JsonField{"objects", &kObjects, required},
    JsonField{"references", &kReferences, required},
    JsonField{"omitted", &kNatural},
    JsonField{"cuts", &kCuts, required},
    JsonField{"suppressed_by", &kTextOrNull},
    JsonField{"seen_by", &kSightings},
    JsonField{"seen_by_omitted", &kNatural},
};
constexpr JsonShape kFinding = object(kFindingFields);
constexpr JsonShape kFindings = list(kFinding);

constexpr std::array kProgramFields = {
    JsonField{"path", &kText, required},   JsonField{"arguments", &kTexts},
    JsonField{"pid", &kNatural, required}, JsonField{"exit_status", &kIntegerOrNull},
    JsonField{"shim", &kBoolean},
};
constexpr JsonShape kProgram = object(kProgramFields);

constexpr std::array kSummaryFields = {
    JsonField{"cycles", &kNatural, required},
    JsonField{"objects_in_cycles", &kNatural, required},
    JsonField{"objects_retained", &kNatural, required},
    JsonField{"orphans", &kNatural, required},
    JsonField{"bytes", &kNatural, required},
    JsonField{"suppressed", &kNatural, required},
    JsonField{"baselined", &kNatural, required},
};
constexpr JsonShape kSummary = object(kSummaryFields);

constexpr std::array kMergedFields = {
    JsonField{"reports", &kNatural, required},
    JsonField{"with_findings", &kNatural, required},
    JsonField{"notes_omitted", &kNatural},
};
constexpr JsonShape kMerged = object(kMergedFields);

constexpr std::array kReportFields = {
    JsonField{"format", &kText, required},
    JsonField{"version", &kNatural, required},
    JsonField{"program", &kProgram, required},
    JsonField{"merged", &kMerged},
    JsonField{"summary", &kSummary, required},
    JsonField{"findings", &kFindings, required},
    JsonField{"notes", &kTexts},
};

}  // namespace

constexpr JsonShape kReportShape = object(kReportFields);

}  // namespace gordian
