// fit.h - a finished text, in the width of a terminal.
//
//     ╭─▶ Parent #1  48 bytes  use_count 1          ╭─▶ Parent #1  48 bytes
//     │    │  allocated in main() at tree.cpp:30    │     use_count 1
//     │    │    30 │ auto parent = make<Parent>()   │    │  allocated in main()
//     │    └─ Parent::child ─▶ Child #2             │    │    at tree.cpp:30
//                                                   │    │    30 │ auto parent = ma…t>()
//
// A text is made without knowing of this, and what is too long in it is broken afterwards: so all that
// is ever added to a report fits, too. A line is broken between words, or inside one that is longer than
// a line; the rest stands deeper, beside the lines of a drawing. Nothing is lost but the middle of a
// source line, which the file has.
#pragma once

#include <cstddef>
#include <string>

namespace gordian {

// `text` in lines of at most `width` columns, at least kNarrowest; as it is when `width` is 0. What is
// coloured or a link stays so in every line, and the drawing is neither.
std::string fitted(const std::string& text, std::size_t width);

}  // namespace gordian
