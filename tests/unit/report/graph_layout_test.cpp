// graph_layout_test.cpp - Graphviz, asked for any graph that a finding can be.
#include "report/html/graph_layout.h"

#include <random>

#include "catch.h"

using namespace gordian;

namespace {

constexpr Size kBox = {120, 50};
constexpr Size kLabel = {60, 20};

Graph ring(std::size_t boxes) {
  Graph graph;
  graph.boxes.assign(boxes, kBox);
  for (std::size_t i = 0; i < boxes; ++i) graph.arrows.push_back({i, (i + 1) % boxes, kLabel});
  return graph;
}

bool overlap(const Point& a, const Point& b) {
  return std::abs(a.x - b.x) < kBox.width && std::abs(a.y - b.y) < kBox.height;
}

bool is_inside(const Point& point, const Size& size) {
  return point.x >= 0 && point.y >= 0 && point.x <= size.width && point.y <= size.height;
}

// Within a pixel of the border of the box in whose middle `middle` is, or inside of it.
bool touches(const Point& point, const Point& middle) {
  return std::abs(point.x - middle.x) <= kBox.width / 2 + 2 &&
         std::abs(point.y - middle.y) <= kBox.height / 2 + 2;
}

void check_placed(const Graph& graph, const PlacedGraph& placed) {
  REQUIRE(placed.boxes.size() == graph.boxes.size());
  REQUIRE(placed.arrows.size() == graph.arrows.size());
  for (std::size_t i = 0; i < placed.boxes.size(); ++i) {
    CHECK(is_inside(placed.boxes[i], placed.size));
    for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(overlap(placed.boxes[i], placed.boxes[j]));
  }
  for (std::size_t i = 0; i < placed.arrows.size(); ++i) {
    const auto& arrow = placed.arrows[i];
    CHECK(arrow.curve.size() % 3 == 1);
    CHECK(touches(arrow.curve.front(), placed.boxes[graph.arrows[i].from]));
    CHECK(touches(arrow.tip, placed.boxes[graph.arrows[i].to]));
    CHECK_FALSE(arrow.tip == arrow.curve.back());
    CHECK(is_inside(arrow.label, placed.size));
  }
}

}  // namespace

TEST_CASE("the boxes of a ring stand below each other, and the last arrow leads back up") {
  GraphLayout layout;
  const Graph graph = ring(3);
  const auto placed = layout.place(graph);
  REQUIRE(placed);
  CHECK(layout.problem().empty());
  check_placed(graph, *placed);
  CHECK(placed->boxes[0].y < placed->boxes[1].y);
  CHECK(placed->boxes[1].y < placed->boxes[2].y);
  CHECK(placed->arrows[2].tip.y < placed->arrows[2].curve.front().y);
}

TEST_CASE("a box that leads to itself, and several arrows between two boxes, are placed") {
  GraphLayout layout;
  Graph graph = ring(1);
  const auto self = layout.place(graph);
  REQUIRE(self);
  check_placed(graph, *self);
  graph = ring(2);
  graph.arrows.push_back({0, 1, kLabel});
  graph.arrows.push_back({1, 0, kLabel});
  const auto twice = layout.place(graph);
  REQUIRE(twice);
  check_placed(graph, *twice);
  CHECK_FALSE(twice->arrows[0].label == twice->arrows[2].label);
}

TEST_CASE("a graph without boxes is placed") {
  GraphLayout layout;
  const auto placed = layout.place({});
  REQUIRE(placed);
  CHECK(placed->boxes.empty());
}

TEST_CASE("every graph of a finding's size is placed, the same way each time") {
  std::minstd_rand random(1);
  GraphLayout layout;
  for (int round = 0; round < 300; ++round) {
    Graph graph = ring(1 + random() % 13);
    const std::size_t more = random() % 14;
    for (std::size_t i = 0; i < more; ++i) {
      graph.arrows.push_back({random() % graph.boxes.size(),
                              random() % graph.boxes.size(),
                              {1 + static_cast<int>(random() % 300), 1 + static_cast<int>(random() % 60)}});
    }
    INFO("round " << round << ": " << graph.boxes.size() << " boxes, " << graph.arrows.size() << " arrows");
    const auto placed = layout.place(graph);
    INFO(layout.problem());
    REQUIRE(placed);
    check_placed(graph, *placed);
    CHECK(layout.place(graph)->boxes == placed->boxes);
  }
}

TEST_CASE("without Graphviz's plugin nothing is placed, and the problem names it") {
  GraphLayout layout("/nowhere/libgvplugin_dot_layout.so.6");
  CHECK_FALSE(layout.place(ring(3)));
  CHECK_THAT(layout.problem(), ContainsSubstring("/nowhere/libgvplugin_dot_layout.so.6"));
  CHECK(layout.problem().find('\n') == std::string::npos);
  CHECK_FALSE(layout.place(ring(3)));
  CHECK_FALSE(layout.problem().empty());
}
