// picture.cpp - labels, their sizes, and what leads where.
#include "report/html/picture.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>

#include "report/text_cuts.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostInBox = 34;    // characters of a type
constexpr std::size_t kMostInLabel = 32;  // of a reference's path

// What page.css sets these lines in, roughly: a line that turns out wider eats into its margin.
constexpr double kTypeCharacter = 7.9;
constexpr double kSmallCharacter = 6.4;
constexpr double kLabelCharacter = 7.3;
constexpr int kLineHeight = 17;
// Graphviz takes minutes for a thousand boxes. An example of ours has fewer; what was read from a file may
// have more.
constexpr std::size_t kMostBoxes = 40;
constexpr std::size_t kMostArrows = 100;
constexpr int kGap = 12;  // between an arrow and its label: dot lets the one touch the other

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

int width(std::string_view text, double character) {
  return static_cast<int>(std::ceil(static_cast<double>(characters(text)) * character));
}

// The first line names the type, the others are small.
Size box_size(const std::vector<std::string>& lines) {
  int widest = 90;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    widest = std::max(widest, width(lines[i], i == 0 ? kTypeCharacter : kSmallCharacter));
  }
  return {widest + 28, static_cast<int>(lines.size()) * kLineHeight + 18};
}

Size label_size(const std::vector<std::string>& lines) {
  if (lines.empty()) return {1, 1};
  int widest = 0;
  for (const auto& line : lines) widest = std::max(widest, width(line, kLabelCharacter));
  return {widest + 18, static_cast<int>(lines.size()) * kLineHeight + 8};
}

PictureBox box_of(const FoundObject& object, const std::string& place) {
  PictureBox box;
  box.object = object.id;
  box.lines = {printable(object.type, kMostInBox), "#" + std::to_string(object.id) + " · " +
                                                       size_words(object.size) + " · use_count " +
                                                       std::to_string(object.use_count)};
  if (!place.empty()) box.lines.push_back(printable(place, kMostInBox));
  box.size = box_size(box.lines);
  return box;
}

PictureArrow arrow_of(const Finding& finding, std::size_t index) {
  const auto& reference = finding.references[index];
  PictureArrow arrow;
  arrow.reference = index;
  arrow.lines = {printable(reference.path, kMostInLabel)};
  if (reference.strength == Strength::weak) {
    arrow.lines.emplace_back("weak");
  } else if (is_cut(finding, reference)) {
    arrow.lines.emplace_back("cut here");
  }
  arrow.size = label_size(arrow.lines);
  return arrow;
}

// The picture without places, and its arrows' ends.
struct Sketch {
  Picture picture;
  Graph graph;

  void add(PictureBox box) {
    graph.boxes.push_back(box.size);
    picture.boxes.push_back(std::move(box));
  }
  void add(std::size_t from, std::size_t to, PictureArrow arrow) {
    graph.arrows.push_back({from, to, {arrow.size.width + kGap, arrow.size.height}});
    picture.arrows.push_back(std::move(arrow));
  }
  std::size_t box_of_object(std::uint32_t id) const {
    const auto found = std::find_if(picture.boxes.begin(), picture.boxes.end(),
                                    [&](const auto& box) { return box.object == id; });
    return static_cast<std::size_t>(found - picture.boxes.begin());
  }
};

// A cycle is a set in which every object leads to every other: the way through the ones left out is
// there, though not known here.
void add_objects_left_out(const Finding& finding, std::span<const FoundObject> drawn, Sketch& sketch) {
  const auto shown = static_cast<std::size_t>(
      std::count_if(drawn.begin(), drawn.end(), [](const auto& o) { return o.role == Role::cycle; }));
  if (shown == 0 || finding.cycle_objects <= shown) return;
  PictureBox box;
  box.lines = {"… " + counted(finding.cycle_objects - shown, "more object")};
  box.size = box_size(box.lines);
  const std::size_t rest = sketch.picture.boxes.size();
  sketch.add(std::move(box));
  PictureArrow arrow;
  arrow.size = label_size({});
  sketch.add(shown - 1, rest, arrow);
  sketch.add(rest, 0, arrow);
}

}  // namespace

std::optional<Picture> picture_of(const Finding& finding, const std::vector<std::string>& places,
                                  GraphLayout& layout) {
  Sketch sketch;
  const auto drawn = std::span(finding.objects).first(std::min(finding.objects.size(), kMostBoxes));
  for (std::size_t i = 0; i < drawn.size(); ++i) sketch.add(box_of(drawn[i], places[i]));
  const std::size_t objects = sketch.picture.boxes.size();
  for (std::size_t i = 0; i < finding.references.size() && sketch.picture.arrows.size() < kMostArrows; ++i) {
    const auto& reference = finding.references[i];
    const std::size_t from = sketch.box_of_object(reference.from);
    const std::size_t to = sketch.box_of_object(reference.to);
    if (from < objects && to < objects) sketch.add(from, to, arrow_of(finding, i));
  }
  add_objects_left_out(finding, drawn, sketch);
  const auto placed = layout.place(sketch.graph);
  if (!placed) return std::nullopt;
  sketch.picture.size = placed->size;
  for (std::size_t i = 0; i < placed->boxes.size(); ++i) sketch.picture.boxes[i].middle = placed->boxes[i];
  for (std::size_t i = 0; i < placed->arrows.size(); ++i) {
    sketch.picture.arrows[i].place = placed->arrows[i];
    sketch.picture.arrows[i].place.label.x += kGap / 2;  // dot has the arrow on the label's left
  }
  return std::move(sketch.picture);
}

}  // namespace gordian
