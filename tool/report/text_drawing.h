// text_drawing.h - the way round a cycle, drawn.
//
//     ╭─▶ Parent #1  48 bytes  use_count 1
//     │    │  allocated in main() at tree.cpp:30
//     │    │    30 │ auto parent = std::make_shared<Parent>();
//     │    └─ Parent::child ─▶ Child #2
//     │
//     │   Child #2  48 bytes  use_count 1
//     │    │  allocated in main() at tree.cpp:31
//     │    │    31 │ parent->child = std::make_shared<Child>();
//     ╰────┴─ Child::parent ─▶ Parent #1      ◀── cut here
//
// Objects are listed, not nested: a cycle of twelve stays as narrow as one of two.
// The line on the left leads from the last object that holds the first back to it, and
// so shows that the way closes; what is listed below it belongs to the same knot.
// Weak references are not drawn; neither are objects that are merely retained. What is
// too long to draw is counted.
#pragma once

#include <string>

#include "report/text_finding.h"

namespace gordian {

// The lines of `finding`'s drawing, each ended by a newline.
std::string text_drawing(const Finding& finding, const TextContext& context);

}  // namespace gordian
