// model.h - what is right about a graph, worked out from docs/design.md's words and from nothing of
// gordian's.
//
// A node lives while a living node or somebody outside owns it. It is owned where owners lead to it from
// somebody who can still let go. Of what lives and is not owned, strong components are cycles, what they lead
// to is retained, and what is left was lost. program/graphs.cpp tells which nodes C++ itself lets live, so
// the first of these is not a matter of belief.
#pragma once

#include <set>
#include <vector>

#include "graph.h"

namespace gordian::soak {

using NodeSet = std::set<int>;

struct Verdict {
  NodeSet alive;   // when it is checked
  NodeSet left;    // of these, once all owners outside have let go
  NodeSet owned;   // by somebody outside, seen or not
  NodeSet hidden;  // of these, only by somebody who is not seen
  std::vector<NodeSet> cycles;
  NodeSet in_cycles;
  NodeSet retained;  // by cycles
  NodeSet orphans;   // lost, and held by no other node
  // Objects of the library's own on the way: the states of futures. By cycle, and those that are retained.
  std::vector<int> states_in_cycle;
  int states_retained = 0;
  // By cycle: each word that owns one of its nodes has a type that says so.
  std::vector<bool> proved;
};

Verdict right_verdict(const Graph& graph);

}  // namespace gordian::soak
