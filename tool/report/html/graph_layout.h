// graph_layout.h - places boxes and arrows on a plane with Graphviz's dot.
//
// Graphviz is given sizes and never a name: what it computes does not depend on the fonts of this
// machine, and no name can break what is drawn. Its layout plugin is loaded when the first graph is placed;
// where that cannot be loaded nothing is placed, and problem() says why.
//
// One thread at a time: Graphviz keeps its errors and much else in globals.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gordian {

struct Size {
  int width = 0;  // in pixels, as all lengths here
  int height = 0;
};

struct Point {
  int x = 0;
  int y = 0;  // downwards

  bool operator==(const Point&) const = default;
};

struct Graph {
  struct Arrow {
    std::size_t from;  // a box
    std::size_t to;
    Size label;
  };
  std::vector<Size> boxes;
  std::vector<Arrow> arrows;
};

struct PlacedArrow {
  std::vector<Point> curve;  // a point, then three for each Bézier curve
  Point tip;                 // the arrow's head lies between the curve's end and here
  Point label;               // its middle
};

struct PlacedGraph {
  Size size;
  std::vector<Point> boxes;  // their middles, in the order given
  std::vector<PlacedArrow> arrows;
};

class GraphLayout {
 public:
  // `plugin` is the file of Graphviz's dot plugin; by default the one beside the libgvc that is loaded.
  explicit GraphLayout(std::string plugin = "");
  ~GraphLayout();
  GraphLayout(const GraphLayout&) = delete;
  GraphLayout& operator=(const GraphLayout&) = delete;

  // Boxes in rows from the first one downwards. None when Graphviz cannot.
  std::optional<PlacedGraph> place(const Graph& graph);

  // Why the last graph was not placed, in one line; "" when it was.
  const std::string& problem() const { return problem_; }

 private:
  class Graphviz;
  bool start();

  std::string plugin_;
  std::string problem_;
  bool started_ = false;
  std::unique_ptr<Graphviz> graphviz_;  // none: it could not be started
};

}  // namespace gordian
