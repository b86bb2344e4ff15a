// roots.h - who holds nodes from outside the graph, and lets them go: the rows of roots.inc.
#pragma once

#include "families.h"

namespace soak {

enum Root {
#define ROOT(name, family, effect) root_##name,
#include "../roots.inc"
#undef ROOT
};

// From now on `root` holds the node, or will by begin_holding().
void hold(Root root, const Made& node);

// What the frame of the check is to hold itself.
struct FrameHandles {
  Handle handles[4];
};
// Starts the thread that holds what is its own, and gives the frame its part.
void begin_holding(FrameHandles& frame);

// Lets go of all but what is lost; the frame's part is the frame's to let go.
void release_owners();
// Ends what nobody in the program could: the lost references.
void release_lost();

// Overwrites what calls before have left on this thread's stack and in its vector registers.
void scrub();

}  // namespace soak
