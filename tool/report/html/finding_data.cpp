// finding_data.cpp - see finding_data.h.
#include "report/html/finding_data.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/finding_words.h"
#include "report/html/picture.h"
#include "report/inside_words.h"
#include "report/text_cuts.h"
#include "report/wording.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

std::string name(const std::string& text) {
  return printable(text, kMostInName);
}

Json object_data(const FoundObject& object, CodeTable& code) {
  return {{"id", object.id},
          {"type", name(object.type)},
          {"family", object.family},
          {"address", hex_words(object.address)},
          {"size", size_words(object.size)},
          {"uses", object.use_count},
          {"weaks", object.weak_count},
          {"located", object.located_strong},
          {"role", role_word(object.role)},
          {"stack", code.stack(object.stack)}};
}

Json reference_data(const Finding& finding, const FoundReference& reference, CodeTable& code) {
  const bool weak = reference.strength == Strength::weak;
  return {{"from", reference.from},
          {"to", reference.to},
          {"weak", weak},
          {"path", name(reference.path)},
          {"type", reference.type ? Json(name(*reference.type)) : Json(nullptr)},
          {"offset", reference.offset},
          {"declared", code.position(reference.declared)},
          {"taken", code.stack(reference.taken)},
          {"cut", !weak && is_cut(finding, reference)}};
}

Json cut_data(const Cut& cut, const Finding& finding, const CodeTable& code) {
  return {{"name", (cut.member ? "" : "the reference at ") + name(cut_name(cut, finding))},
          {"advice", name(cut.advice)},
          {"reason", name(cut.reason)},
          {"declared", code.position(cut.declared)},
          {"enough", cut.breaks_all}};
}

Json structure_data(const Finding& finding) {
  if (!finding.structure) return nullptr;
  Json members = Json::array();
  for (const auto& member : finding.structure->members) {
    members.push_back({{"path", name(member.path)},
                       {"references", references_words(member)},
                       {"shortest", shortest_words(member)}});
  }
  Json hubs = Json::array();
  for (const auto& hub : finding.structure->hubs) hubs.push_back(hub_words(hub));
  return {{"words", structure_words(*finding.structure)},
          {"members", std::move(members)},
          {"hubs", std::move(hubs)}};
}

Json tails_data(const Finding& finding) {
  Json tails = Json::array();
  for (const auto& tail : finding.tails)
    tails.push_back({{"path", name(tail.path)}, {"words", tail_words(tail)}});
  return tails;
}

Json lost_data(const Finding& finding, CodeTable& code) {
  Json lost = Json::array();
  for (const auto& holder : finding.lost_holders) {
    const std::string above = above_words(holder);
    lost.push_back({{"words", above.empty() ? lost_words(holder) : above + " leads to " + lost_words(holder)},
                    {"hangs_on", !above.empty()},
                    {"above", above.empty() ? Json(nullptr) : code.stack(holder.hangs_on->stack)},
                    {"references", holder.references},
                    {"path", name(holder.path)},
                    {"offset", holder.offset},
                    {"size", size_words(holder.bytes)},
                    {"stack", code.stack(holder.stack)}});
  }
  return lost;
}

std::string svg_point(const Point& point) {
  return std::to_string(point.x) + "," + std::to_string(point.y);
}

// "M 1,2 C 3,4 5,6 7,8 ...".
std::string svg_path(const std::vector<Point>& curve) {
  std::string path = "M" + svg_point(curve.front()) + " C";
  for (std::size_t i = 1; i < curve.size(); ++i) path += (i == 1 ? "" : " ") + svg_point(curve[i]);
  return path;
}

// The triangle between the curve's end and the tip.
std::string svg_head(const PlacedArrow& arrow) {
  const Point end = arrow.curve.back();
  const double dx = arrow.tip.x - end.x;
  const double dy = arrow.tip.y - end.y;
  constexpr double kHalfWidth = 0.42;  // of its length
  const auto corner = [&](double side) {
    return Point{static_cast<int>(std::lround(end.x - side * kHalfWidth * dy)),
                 static_cast<int>(std::lround(end.y + side * kHalfWidth * dx))};
  };
  return svg_point(corner(-1)) + " " + svg_point(arrow.tip) + " " + svg_point(corner(1));
}

Json picture_data(const Picture& picture) {
  Json boxes = Json::array();
  for (const auto& box : picture.boxes) {
    boxes.push_back({{"object", box.object},
                     {"x", box.middle.x},
                     {"y", box.middle.y},
                     {"width", box.size.width},
                     {"height", box.size.height},
                     {"lines", box.lines}});
  }
  Json arrows = Json::array();
  for (const auto& arrow : picture.arrows) {
    const bool known = arrow.reference != PictureArrow::kNoReference;
    arrows.push_back({{"reference", known ? Json(arrow.reference) : Json(nullptr)},
                      {"path", svg_path(arrow.place.curve)},
                      {"head", svg_head(arrow.place)},
                      {"x", arrow.place.label.x},
                      {"y", arrow.place.label.y},
                      {"width", arrow.size.width},
                      {"height", arrow.size.height},
                      {"lines", arrow.lines}});
  }
  return {{"width", picture.size.width},
          {"height", picture.size.height},
          {"boxes", std::move(boxes)},
          {"arrows", std::move(arrows)}};
}

Json picture_or_reason(const Finding& finding, CodeTable& code, GraphLayout* layout) {
  if (layout == nullptr) return "Only the first " + std::to_string(kMostPictures) + " findings are drawn.";
  std::vector<std::string> places;
  for (const auto& object : finding.objects) places.push_back(code.place_in_short(object.stack));
  const auto picture = picture_of(finding, places, *layout);
  return picture ? picture_data(*picture) : Json("It is not drawn. " + name(layout->problem()) + ".");
}

}  // namespace

Json finding_data(const Finding& finding, const Report& report, CodeTable& code, GraphLayout* layout) {
  Json objects = Json::array();
  Json references = Json::array();
  Json cuts = Json::array();
  for (const auto& object : finding.objects) objects.push_back(object_data(object, code));
  for (const auto& reference : finding.references) {
    references.push_back(reference_data(finding, reference, code));
  }
  for (const auto& cut : finding.cuts) cuts.push_back(cut_data(cut, finding, code));
  const bool cycle = finding.kind == FindingKind::cycle;
  return {{"id", finding.id},
          {"kind", kind_word(finding.kind)},
          {"evidence", evidence_word(finding.evidence)},
          {"because", evidence_reason(finding)},
          {"fails", report.fails(finding)},
          {"accepted", finding.accepted ? Json(acceptance_words(*finding.accepted)) : Json(nullptr)},
          {"seen_by", finding.seen_by},
          {"root", finding.root},
          {"held_by", finding.held_by},
          {"instances", finding.instances},
          {"count", own_objects(finding)},
          {"counts", own_objects_words(finding)},
          {"retained", finding.retained_objects},
          {"omitted", finding.omitted},
          {"bytes", finding.bytes},
          {"size", size_words(finding.bytes)},
          {"sentence", finding_sentence(finding)},
          {"objects", std::move(objects)},
          {"references", std::move(references)},
          {"structure", structure_data(finding)},
          {"tails", tails_data(finding)},
          {"lost", lost_data(finding, code)},
          {"not_found", not_found_words(finding)},
          {"cuts", std::move(cuts)},
          {"hint", cycle && !finding.cuts.empty() ? Json(nullptr) : Json(advice_sentence(finding))},
          {"picture", picture_or_reason(finding, code, layout)}};
}

}  // namespace gordian
