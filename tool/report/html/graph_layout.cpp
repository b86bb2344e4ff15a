// graph_layout.cpp - Graphviz as a library, without its renderers and fonts.
#include "report/html/graph_layout.h"

#include <dlfcn.h>
#include <gvc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>

namespace gordian {
namespace {

constexpr double kPixelsPerInch = 72;  // Graphviz's points, taken as pixels

// Graphviz reports through a function of the process.
std::string& last_error() {
  static std::string error;
  return error;
}

int keep_error(char* text) {
  if (last_error().empty()) last_error() = text;
  return 0;
}

// Graphviz's own list of plugins would bring in Pango, Cairo and X11, to measure text that we never give it.
std::string plugin_beside_libgvc() {
  Dl_info place = {};
  // In a program that is not position-independent the function's own address is a stub's, in the program.
  const void* const function = ::dlsym(RTLD_NEXT, "gvContextPlugins");
  if (function == nullptr || ::dladdr(function, &place) == 0 || place.dli_fname == nullptr) return GORDIAN_DOT_PLUGIN;
  return (std::filesystem::path(place.dli_fname).parent_path() / "graphviz" / GORDIAN_DOT_PLUGIN).string();
}

std::string inches(int pixels) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.4f", pixels / kPixelsPerInch);
  return text.data();
}

// The C interface takes strings that it does not change as char*.
char* mutable_text(const char* text) {
  return const_cast<char*>(text);
}

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
using OwnedGraph = std::unique_ptr<Agraph_t, CloseGraph>;

// What Graphviz made of one Graph.
struct Drawn {
  OwnedGraph graph;
  std::vector<Agnode_t*> boxes;
  std::vector<Agedge_t*> arrows;
  std::vector<bool> turned;  // the arrows that Graphviz was given from their tip to their start
};

// The arrows that lead back to a box they come from, on the way from the first box. Graphviz would turn these
// itself, and loses 368 bytes for each (2.42).
std::vector<bool> arrows_back(const Graph& graph) {
  std::vector<bool> back(graph.arrows.size());
  enum class State { unseen, on_the_way, done };
  std::vector<State> states(graph.boxes.size(), State::unseen);
  const std::function<void(std::size_t)> visit = [&](std::size_t box) {
    states[box] = State::on_the_way;
    for (std::size_t i = 0; i < graph.arrows.size(); ++i) {
      const auto& arrow = graph.arrows[i];
      if (arrow.from != box) continue;
      if (states[arrow.to] == State::unseen) visit(arrow.to);
      back[i] = states[arrow.to] == State::on_the_way && arrow.to != box;
    }
    states[box] = State::done;
  };
  for (std::size_t box = 0; box < graph.boxes.size(); ++box) {
    if (states[box] == State::unseen) visit(box);
  }
  return back;
}

void set_defaults(Agraph_t* graph) {
  const auto set = [&](int kind, const char* name, const char* value) {
    agattr(graph, kind, mutable_text(name), mutable_text(value));
  };
  set(AGRAPH, "nodesep", "0.45");
  set(AGRAPH, "ranksep", "0.3");
  set(AGNODE, "shape", "box");
  set(AGNODE, "label", "");
  set(AGNODE, "fixedsize", "true");
  set(AGNODE, "width", "1");
  set(AGNODE, "height", "1");
  set(AGEDGE, "label", "");
  set(AGEDGE, "dir", "forward");
  set(AGEDGE, "arrowsize", "0.9");
}

// Room for a label of this size: a table of fixed size with nothing in it.
void set_label(Agraph_t* graph, Agedge_t* arrow, const Size& size) {
  const std::string table = "<TABLE BORDER=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"" + std::to_string(size.width) +
                            "\" HEIGHT=\"" + std::to_string(size.height) + "\"><TR><TD></TD></TR></TABLE>";
  char* const label = agstrdup_html(graph, mutable_text(table.c_str()));
  agset(arrow, mutable_text("label"), label);
  agstrfree(graph, label);
}

Drawn draw(const Graph& graph) {
  Drawn drawn;
  drawn.graph.reset(agopen(mutable_text("finding"), Agdirected, nullptr));
  set_defaults(drawn.graph.get());
  for (const auto& size : graph.boxes) {
    const std::string name = std::to_string(drawn.boxes.size());
    Agnode_t* const box = agnode(drawn.graph.get(), mutable_text(name.c_str()), 1);
    agset(box, mutable_text("width"), mutable_text(inches(size.width).c_str()));
    agset(box, mutable_text("height"), mutable_text(inches(size.height).c_str()));
    drawn.boxes.push_back(box);
  }
  drawn.turned = arrows_back(graph);
  for (std::size_t i = 0; i < graph.arrows.size(); ++i) {
    const auto& arrow = graph.arrows[i];
    Agnode_t* from = drawn.boxes[arrow.from];
    Agnode_t* to = drawn.boxes[arrow.to];
    if (drawn.turned[i]) std::swap(from, to);
    drawn.arrows.push_back(agedge(drawn.graph.get(), from, to, nullptr, 1));
    if (drawn.turned[i]) agset(drawn.arrows.back(), mutable_text("dir"), mutable_text("back"));
    set_label(drawn.graph.get(), drawn.arrows.back(), arrow.label);
  }
  return drawn;
}

int rounded(double number) {
  return static_cast<int>(std::lround(number));
}

// Graphviz's y grows upwards.
Point flipped(const pointf& point, const boxf& bounds) {
  return {rounded(point.x - bounds.LL.x), rounded(bounds.UR.y - point.y)};
}

std::optional<PlacedArrow> placed(Agedge_t* arrow, bool turned, const boxf& bounds) {
  const auto* const splines = ED_spl(arrow);
  if (splines == nullptr || splines->size == 0 || splines->list[0].size < 4) return std::nullopt;
  const auto& spline = splines->list[0];
  PlacedArrow result;
  for (int i = 0; i < static_cast<int>(spline.size); ++i) {
    result.curve.push_back(flipped(spline.list[i], bounds));
  }
  if (turned) std::reverse(result.curve.begin(), result.curve.end());
  const bool has_head = (turned ? spline.sflag : spline.eflag) != 0;
  result.tip = has_head ? flipped(turned ? spline.sp : spline.ep, bounds) : result.curve.back();
  if (ED_label(arrow) != nullptr) result.label = flipped(ED_label(arrow)->pos, bounds);
  return result;
}

std::optional<PlacedGraph> placed(const Drawn& drawn) {
  const boxf bounds = GD_bb(drawn.graph.get());
  PlacedGraph result;
  result.size = {rounded(std::ceil(bounds.UR.x - bounds.LL.x)),
                 rounded(std::ceil(bounds.UR.y - bounds.LL.y))};
  for (auto* const box : drawn.boxes) result.boxes.push_back(flipped(ND_coord(box), bounds));
  for (std::size_t i = 0; i < drawn.arrows.size(); ++i) {
    auto one = placed(drawn.arrows[i], drawn.turned[i], bounds);
    if (!one) return std::nullopt;
    result.arrows.push_back(std::move(*one));
  }
  return result;
}

}  // namespace

// A context with the dot plugin alone.
class GraphLayout::Graphviz {
 public:
  explicit Graphviz(void* plugin)
      : plugins_{{{"gvplugin_dot_layout_LTX_library", plugin}, {nullptr, nullptr}}},
        context_(gvContextPlugins(plugins_.data(), 0)) {}
  ~Graphviz() { gvFreeContext(context_); }
  Graphviz(const Graphviz&) = delete;
  Graphviz& operator=(const Graphviz&) = delete;

  std::optional<PlacedGraph> place(const Graph& graph) {
    const Drawn drawn = draw(graph);
    std::optional<PlacedGraph> result;
    if (gvLayout(context_, drawn.graph.get(), "dot") == 0) result = placed(drawn);
    gvFreeLayout(context_, drawn.graph.get());
    return result;
  }

 private:
  std::array<lt_symlist_t, 2> plugins_;
  GVC_t* context_;
};

GraphLayout::GraphLayout(std::string plugin) : plugin_(std::move(plugin)) {}
GraphLayout::~GraphLayout() = default;

bool GraphLayout::start() {
  if (started_) return graphviz_ != nullptr;
  started_ = true;
  // Never closed: Graphviz keeps pointers into it.
  void* const library =
      ::dlopen((plugin_.empty() ? plugin_beside_libgvc() : plugin_).c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const plugin = library == nullptr ? nullptr : ::dlsym(library, "gvplugin_dot_layout_LTX_library");
  if (plugin == nullptr) {
    const char* const why = ::dlerror();
    problem_ = std::string("Graphviz's dot plugin cannot be loaded: ") + (why == nullptr ? "no reason" : why);
    return false;
  }
  agseterr(AGERR);
  agseterrf(keep_error);
  graphviz_ = std::make_unique<Graphviz>(plugin);
  return true;
}

std::optional<PlacedGraph> GraphLayout::place(const Graph& graph) {
  if (!start()) return std::nullopt;
  problem_.clear();
  last_error().clear();
  auto result = graphviz_->place(graph);
  if (!result) {
    std::string why = last_error().substr(0, last_error().find('\n'));
    problem_ = "Graphviz cannot place it: " + (why.empty() ? std::string("it does not say why") : why);
  }
  return result;
}

}  // namespace gordian
