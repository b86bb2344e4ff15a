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

constexpr std::array kPositionFields = {
    JsonField{"file", &kText, required},
    JsonField{"line", &kIntegerOrNull, required},
};
constexpr JsonShape kPositionOrNull{.type = JsonType::object, .or_null = true, .fields = kPositionFields};

constexpr std::array kReferenceFields = {
    JsonField{"from", &kNatural, required},
    JsonField{"to", &kNatural, required},
    JsonField{"strength", &kStrength, required},
    JsonField{"member", &kTextOrNull, required},
    JsonField{"declared", &kPositionOrNull},
    JsonField{"field", &kTextOrNull},
    JsonField{"path", &kText, required},
    JsonField{"type", &kTextOrNull},
    JsonField{"offset", &kNatural},
    JsonField{"taken", &kStackOrNull},
};
constexpr JsonShape kReference = object(kReferenceFields);
constexpr JsonShape kReferences = list(kReference);

constexpr std::array kFreedFields = {
    JsonField{"objects", &kNatural, required},
    JsonField{"bytes", &kNatural, required},
};
constexpr JsonShape kFreedOrNull{.type = JsonType::object, .or_null = true, .fields = kFreedFields};

constexpr std::array kCutFields = {
    JsonField{"member", &kTextOrNull, required},
    JsonField{"declared", &kPositionOrNull},
    JsonField{"path", &kText, required},
    JsonField{"advice", &kText, required},
    JsonField{"reason", &kText},
    JsonField{"breaks_all", &kBoolean, required},
    JsonField{"as_good", &kBoolean},
    JsonField{"frees", &kFreedOrNull},
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

constexpr std::array kMemberFields = {
    JsonField{"path", &kText, required},
    JsonField{"from_type", &kText},
    JsonField{"to_type", &kText},
    JsonField{"references", &kNatural, required},
    JsonField{"shortest_cycle", &kTexts, required},
    JsonField{"shortest_cycle_references", &kNatural, required},
};
constexpr JsonShape kMember = object(kMemberFields);
constexpr JsonShape kMembers = list(kMember);

constexpr std::array kHubFields = {
    JsonField{"type", &kText, required},
    JsonField{"held", &kNatural, required},
    JsonField{"holds", &kNatural, required},
};
constexpr JsonShape kHub = object(kHubFields);
constexpr JsonShape kHubs = list(kHub);

constexpr std::array kStructureFields = {
    JsonField{"members", &kMembers, required},
    JsonField{"members_in_all", &kNatural, required},
    JsonField{"hubs", &kHubs, required},
};
constexpr JsonShape kStructureOrNull{.type = JsonType::object, .or_null = true, .fields = kStructureFields};

constexpr std::array kHangsOnFields = {
    JsonField{"bytes", &kNatural, required},
    JsonField{"allocation", &kStack, required},
};
constexpr JsonShape kHangsOnOrNull{.type = JsonType::object, .or_null = true, .fields = kHangsOnFields};

constexpr std::array kLostHolderFields = {
    JsonField{"bytes", &kNatural, required},
    JsonField{"offset", &kNatural, required},
    JsonField{"path", &kText},
    JsonField{"allocation", &kStack, required},
    JsonField{"hangs_on", &kHangsOnOrNull},
    JsonField{"references", &kNatural},
};
constexpr JsonShape kLostHolder = object(kLostHolderFields);
constexpr JsonShape kLostHolders = list(kLostHolder);

constexpr std::array kTailFields = {
    JsonField{"path", &kText, required},
    JsonField{"type", &kText},
    JsonField{"objects", &kNatural, required},
    JsonField{"bytes", &kNatural, required},
};
constexpr JsonShape kTail = object(kTailFields);
constexpr JsonShape kTails = list(kTail);

constexpr std::array<std::string_view, 3> kAcceptedByWords = {"rule", "baseline", "program"};
constexpr JsonShape kAcceptedByOrNull{.type = JsonType::text, .or_null = true, .words = kAcceptedByWords};

constexpr std::array kFindingFields = {
    JsonField{"id", &kText, required},
    JsonField{"kind", &kKind, required},
    JsonField{"root", &kBoolean},
    JsonField{"held_by", &kTexts},
    JsonField{"instances", &kNatural, required},
    JsonField{"instances_before", &kNatural},
    JsonField{"evidence", &kEvidence, required},
    JsonField{"cycle_objects", &kNatural, required},
    JsonField{"fewest_cycle_objects", &kNatural},
    JsonField{"most_cycle_objects", &kNatural},
    JsonField{"retained_objects", &kNatural, required},
    JsonField{"bytes", &kNatural, required},
    JsonField{"test", &kTextOrNull},
    JsonField{"objects", &kObjects, required},
    JsonField{"references", &kReferences, required},
    JsonField{"omitted", &kNatural},
    JsonField{"structure", &kStructureOrNull},
    JsonField{"tails", &kTails},
    JsonField{"lost_holders", &kLostHolders},
    JsonField{"cuts", &kCuts, required},
    JsonField{"suppressed_by", &kTextOrNull},
    JsonField{"accepted_by", &kAcceptedByOrNull},
    JsonField{"suppressed_instances", &kNatural},
    JsonField{"suppressed_bytes", &kNatural},
    JsonField{"suppressed_why", &kTextOrNull},
    JsonField{"seen_by", &kSightings},
    JsonField{"seen_by_omitted", &kNatural},
};
constexpr JsonShape kFinding = object(kFindingFields);
constexpr JsonShape kFindings = list(kFinding);

constexpr std::array kProgramFields = {
    JsonField{"path", &kText, required},   JsonField{"arguments", &kTexts},
    JsonField{"pid", &kNatural, required}, JsonField{"exit_status", &kIntegerOrNull},
    JsonField{"shim", &kBoolean},          JsonField{"check", &kNatural},
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

constexpr std::array kEarlierFields = {
    JsonField{"check", &kNatural, required},
    JsonField{"seconds", &kNatural, required},
    JsonField{"gone", &kNatural, required},
};
constexpr JsonShape kEarlier = object(kEarlierFields);

constexpr std::array kGrownFields = {
    JsonField{"type", &kText, required},        JsonField{"before", &kNatural, required},
    JsonField{"now", &kNatural, required},      JsonField{"rises", &kNatural, required},
    JsonField{"allocation", &kStack, required},
};
constexpr JsonShape kGrown = object(kGrownFields);
constexpr JsonShape kGrownSites = list(kGrown);

constexpr std::array kReportFields = {
    JsonField{"format", &kText, required},
    JsonField{"version", &kNatural, required},
    JsonField{"program", &kProgram, required},
    JsonField{"merged", &kMerged},
    JsonField{"summary", &kSummary, required},
    JsonField{"findings", &kFindings, required},
    JsonField{"notes", &kTexts},
    JsonField{"earlier", &kEarlier},
    JsonField{"grown", &kGrownSites},
    JsonField{"unused_suppressions", &kTexts},
};

}  // namespace

constexpr JsonShape kReportShape = object(kReportFields);

}  // namespace gordian
