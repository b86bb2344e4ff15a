// judge.cpp - what the report says of objects, references, counts and cuts, each against the model.
#include "judge.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <tuple>

namespace gordian::soak {
namespace {

using nlohmann::json;

constexpr std::size_t kShownReferences = 24;  // of a finding

// The class and the kind of the member that a text names: "soak::Part<3, 4>::vector" is class 3's vector.
struct Member {
  int of_class;
  int kind;

  auto operator<=>(const Member&) const = default;
};
std::optional<Member> member_in(const json& text) {
  if (!text.is_string()) return std::nullopt;
  const std::string& words = text.get_ref<const std::string&>();
  const std::size_t at = words.find("Part<");
  Member member{};
  if (at == std::string::npos ||
      std::sscanf(words.c_str() + at, "Part<%d, %d>", &member.of_class, &member.kind) != 2) {
    return std::nullopt;
  }
  return member;
}
bool is_future(int kind) {
  return kinds()[static_cast<std::size_t>(kind)].name == "future";
}

// The references that a cut would change.
class CutMember {
 public:
  explicit CutMember(const json& cut) : member_(member_in(cut.at("member"))) {
    if (!member_) member_ = member_in(cut.at("path"));
    in_state_ =
        !member_ && cut.at("advice").get_ref<const std::string&>().find("std::future") != std::string::npos;
  }

  bool is_known() const { return member_ || in_state_; }
  bool has(const Graph& graph, const Edge& edge) const {
    if (in_state_) return is_future(edge.kind);  // the value of any future
    return member_ && edge.kind == member_->kind &&
           graph.nodes[static_cast<std::size_t>(edge.from)].of_class == member_->of_class;
  }

 private:
  std::optional<Member> member_;
  bool in_state_ = false;
};

std::string listed(const NodeSet& nodes) {
  std::string words = "{";
  for (const int node : nodes) words += (words.size() > 1 ? " " : "") + std::to_string(node);
  return words + "}";
}

class Judgement {
 public:
  Judgement(const Graph& graph, Variety variety, const Built& built, const json& report)
      : graph_(graph), variety_(variety), built_(built), report_(report), right_(right_verdict(graph)) {}

  std::vector<Complaint> run() {
    if (built_.alive != right_.alive)
      complain(Fault::model, "alive " + listed(built_.alive) + ", not " + listed(right_.alive));
    if (built_.left && *built_.left != right_.left)
      complain(Fault::model, "left " + listed(*built_.left) + ", not " + listed(right_.left));
    for (const json& finding : report_.at("findings")) {
      if (finding.at("kind") == "cycle") {
        judge_cycle(finding);
      } else {
        judge_orphan(finding);
      }
    }
    judge_totals();
    judge_best_cuts();
    return complaints_;
  }

 private:
  void complain(Fault fault, const std::string& words) { complaints_.push_back({fault, words}); }

  // Of one that lies in its control block the address is the control block's.
  std::optional<int> node_of(const json& object) const {
    const std::uint64_t address =
        std::strtoull(object.at("address").get_ref<const std::string&>().c_str(), nullptr, 16);
    const auto at = built_.node_at.lower_bound(address);
    if (at == built_.node_at.end() || at->first - address >= object.at("size").get<std::uint64_t>())
      return std::nullopt;
    return at->second;
  }

  // The nodes of a finding in a role; objects that are no nodes are counted.
  NodeSet nodes_in(const json& finding, const char* role, int& others) {
    NodeSet nodes;
    for (const json& object : finding.at("objects")) {
      if (object.at("role") != role) continue;
      if (const std::optional<int> node = node_of(object)) {
        nodes.insert(*node);
        judge_object(object, *node);
      } else {
        ++others;
      }
    }
    return nodes;
  }

  void judge_object(const json& object, int node) {
    const std::string type =
        "soak::Class<" + std::to_string(graph_.nodes[static_cast<std::size_t>(node)].of_class) + ">";
    const std::string& said = object.at("type").get_ref<const std::string&>();
    if (said != type && said != type + "[]")
      complain(Fault::detail, "node " + std::to_string(node) + " is called " + said);
    if (right_.owned.count(node) != 0 && (object.at("role") != "orphan" || right_.hidden.count(node) == 0)) {
      complain(Fault::false_alarm, "node " + std::to_string(node) + " is owned");
    }
  }

  void judge_cycle(const json& finding) {
    int states = 0;
    const NodeSet nodes = nodes_in(finding, "cycle", states);
    int retained_states = 0;
    const NodeSet retained = nodes_in(finding, "retained", retained_states);
    const auto cycle = std::find_if(right_.cycles.begin(), right_.cycles.end(), [&](const NodeSet& right) {
      return std::includes(right.begin(), right.end(), nodes.begin(), nodes.end());
    });
    const bool whole = finding.at("omitted") == 0;
    if (nodes.empty() || cycle == right_.cycles.end() || (whole && *cycle != nodes)) {
      return complain(Fault::detail, "no cycle is " + listed(nodes));
    }
    const auto number = static_cast<std::size_t>(cycle - right_.cycles.begin());
    told_.insert(number);
    if (finding.at("cycle_objects") !=
        cycle->size() + static_cast<std::size_t>(right_.states_in_cycle[number])) {
      complain(Fault::detail, "the size of " + listed(*cycle));
    }
    if (!std::includes(right_.retained.begin(), right_.retained.end(), retained.begin(), retained.end())) {
      complain(Fault::detail, "not retained: one of " + listed(retained));
    }
    instances_ += finding.at("instances").get<std::size_t>();
    if (variety_ == Variety::distinct) {
      if (finding.at("instances") != 1) complain(Fault::detail, "several of " + listed(*cycle));
      if (right_.proved[number] && finding.at("evidence") != "proved")
        complain(Fault::detail, "not proved: " + listed(*cycle));
      if (whole) judge_references(finding, nodes);
      judge_cuts(finding, *cycle);
    }
  }

  // Each reference that is shown is one of the graph's, and between the nodes of the cycle none is left out.
  void judge_references(const json& finding, const NodeSet& cycle) {
    std::map<int, int> nodes;  // by the report's number
    for (const json& object : finding.at("objects")) {
      if (const std::optional<int> node = node_of(object)) nodes[object.at("id")] = *node;
    }
    using Way = std::tuple<int, int, int>;
    std::set<Way> right, said;
    for (const Edge& edge : graph_.edges) {
      if (edge.owns()) right.emplace(edge.from, edge.kind, edge.to);
    }
    for (const json& reference : finding.at("references")) {
      if (reference.at("strength") != "strong") continue;
      const auto from = nodes.find(reference.at("from"));
      const auto to = nodes.find(reference.at("to"));
      if (from == nodes.end() || to == nodes.end()) continue;
      std::optional<Member> member = member_in(reference.at("member"));
      if (!member) member = member_in(reference.at("path"));
      if (!member) {
        complain(Fault::detail, "no member is named in " + reference.at("path").dump());
        continue;
      }
      const Way way(from->second, member->kind, to->second);
      if (right.count(way) == 0) complain(Fault::detail, "no such reference: " + reference.at("path").dump());
      said.insert(way);
    }
    if (finding.at("references").size() >= kShownReferences) return;
    for (const Way& way : right) {
      const auto [from, kind, to] = way;
      if (cycle.count(from) + cycle.count(to) != 2 || said.count(way) != 0) continue;
      if (is_future(kind)) continue;  // its state lies between
      complain(Fault::detail, "not shown: " + std::to_string(from) + " -" +
                                  kinds()[static_cast<std::size_t>(kind)].name + "-> " + std::to_string(to));
    }
  }

  void judge_cuts(const json& finding, const NodeSet& cycle) {
    if (finding.at("cuts").empty()) return complain(Fault::cut, "none is proposed for " + listed(cycle));
    for (const json& cut : finding.at("cuts")) {
      if (cut.at("breaks_all") == true) judge_cut(cut, cycle);
    }
  }

  void judge_cut(const json& cut, const NodeSet& cycle) {
    const CutMember member(cut);
    if (!member.is_known()) return complain(Fault::cut, "no member is named by " + cut.at("path").dump());
    Graph repaired = graph_;
    bool any = false;
    for (Edge& edge : repaired.edges) {
      if (!member.has(graph_, edge)) continue;
      edge.cut = any = true;
    }
    if (!any) return complain(Fault::cut, "there is no " + cut.at("path").dump());
    const Verdict after = right_verdict(repaired);
    for (const int node : cycle) {
      if (after.in_cycles.count(node) != 0) {
        return complain(Fault::cut,
                        cut.at("path").dump() + " leaves a cycle through " + std::to_string(node));
      }
    }
    if (cut.at("frees").is_null()) return;
    const std::size_t freed = right_.alive.size() - after.alive.size();
    if (!has_states() && cut.at("frees").at("objects") != freed) {
      complain(Fault::cut, cut.at("path").dump() + " frees " + std::to_string(freed) + ", not " +
                               cut.at("frees").at("objects").dump());
    }
  }

  // Whether a set of cuts may have more members than are told of one.
  bool has_untold_cuts() const {
    constexpr std::ptrdiff_t kMostTold = 16;
    const json& findings = report_.at("findings");
    return std::any_of(findings.begin(), findings.end(), [](const json& finding) {
      if (finding.at("kind") != "cycle") return false;
      const json& cuts = finding.at("cuts");
      return std::count_if(cuts.begin(), cuts.end(), [](const json& cut) { return cut.at("breaks_all") == false; }) >= kMostTold;
    });
  }

  // With all of them made, no object that leaked in a cycle does so any more. An owned one may: a member that
  // is cut is cut in the objects that are owned, too.
  void judge_best_cuts() {
    if (has_untold_cuts()) return;
    const Verdict repaired = right_verdict(with_cuts(graph_, report_));
    for (const NodeSet& cycle : repaired.cycles) {
      const bool new_one = std::none_of(cycle.begin(), cycle.end(),
                                        [&](int node) { return right_.in_cycles.count(node) != 0; });
      if (!new_one) complain(Fault::cut, "the best cuts leave " + listed(cycle));
    }
  }

  bool has_states() const {
    return std::any_of(graph_.edges.begin(), graph_.edges.end(),
                       [](const Edge& edge) { return is_future(edge.kind); });
  }

  void judge_orphan(const json& finding) {
    int others = 0;
    for (const int node : nodes_in(finding, "orphan", others)) {
      if (right_.hidden.count(node) != 0) {
        if (finding.at("evidence") == "proved")
          complain(Fault::false_alarm, "a hidden owner has " + std::to_string(node));
        hidden_told_ += finding.at("instances").get<std::size_t>();
      } else if (right_.orphans.count(node) == 0) {
        complain(Fault::detail, "no orphan: " + std::to_string(node));
      }
    }
  }

  void judge_totals() {
    const json& summary = report_.at("summary");
    std::size_t in_cycles = right_.in_cycles.size();
    for (const int states : right_.states_in_cycle) in_cycles += static_cast<std::size_t>(states);
    for (std::size_t i = 0; variety_ == Variety::distinct && i < right_.cycles.size(); ++i) {
      if (told_.count(i) == 0) complain(Fault::miss, listed(right_.cycles[i]));
    }
    if (instances_ != right_.cycles.size() || summary.at("cycles") != right_.cycles.size()) {
      complain(instances_ < right_.cycles.size() ? Fault::miss : Fault::false_alarm,
               std::to_string(instances_) + " cycles, not " + std::to_string(right_.cycles.size()));
    }
    if (summary.at("objects_in_cycles") != in_cycles) {
      complain(Fault::detail, "objects in cycles: " + summary.at("objects_in_cycles").dump());
    }
    if (summary.at("objects_retained") !=
        right_.retained.size() + static_cast<std::size_t>(right_.states_retained)) {
      complain(Fault::detail, "objects retained: " + summary.at("objects_retained").dump());
    }
    if (summary.at("orphans") != right_.orphans.size() + hidden_told_) {
      complain(Fault::detail, "orphans: " + summary.at("orphans").dump() + ", not " + listed(right_.orphans));
    }
  }

  const Graph& graph_;
  const Variety variety_;
  const Built& built_;
  const json& report_;
  const Verdict right_;
  std::vector<Complaint> complaints_;
  std::set<std::size_t> told_;  // cycles
  std::size_t instances_ = 0;
  std::size_t hidden_told_ = 0;
};

}  // namespace

const char* fault_word(Fault fault) {
  constexpr const char* kWords[] = {"the model is wrong", "false alarm", "miss", "detail", "cut"};
  return kWords[static_cast<std::size_t>(fault)];
}

std::vector<Complaint> judge(const Graph& graph, Variety variety, const Built& built, const json& report) {
  return Judgement(graph, variety, built, report).run();
}

Graph with_cuts(const Graph& graph, const json& report) {
  Graph repaired = graph;
  for (const json& finding : report.at("findings")) {
    if (finding.at("kind") != "cycle") continue;
    // The first cuts that are not enough alone are a set, and enough together.
    for (const json& cut : finding.at("cuts")) {
      if (cut.at("breaks_all") == true && &cut != &finding.at("cuts").front()) break;
      const CutMember member(cut);
      for (Edge& edge : repaired.edges) edge.cut |= member.has(graph, edge);
      if (cut.at("breaks_all") == true) break;
    }
  }
  return repaired;
}

}  // namespace gordian::soak
