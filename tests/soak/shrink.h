// shrink.h - the smallest graph that still has a fault.
#pragma once

#include <functional>

#include "graph.h"

namespace gordian::soak {

// Takes away nodes, references and roots as long as `still_fails` of what is left: no single one more can go.
Graph shrunk(Graph graph, const std::function<bool(const Graph&)>& still_fails);

}  // namespace gordian::soak
