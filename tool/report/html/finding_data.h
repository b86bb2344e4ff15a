// finding_data.h - a finding as the HTML page's script reads it.
//
//   {"id", "kind", "evidence", "because", "fails", "accepted", "root", "held_by": [ids], "instances",
//    "count" of one's own objects, "counts" of any one's in words, "retained", "omitted", "bytes",
//    "size" in words, "sentence",
//    "objects": [{"id", "type", "family", "address", "size", "uses", "weaks", "located", "role", "stack"}],
//    "references": [{"from", "to", "weak", "path", "type", "offset", "declared", "taken", "cut"}],
//    "structure": {"words", "members": [{"path", "references", "shortest"}], "hubs": [words]} or null,
//    "tails": [{"path", "words"}], "lost": [{"words", "path", "offset", "size", "stack"}], "not_found",
//    "cuts": [{"name", "advice", "reason", "declared", "enough"}], "hint" of an orphan, "picture"}
//
// "stack" and "taken" are indices in the page's stacks, "declared" {"at", "line", "source"}; null where
// nothing is known. What is in words is as the text report has it. The picture, or a sentence on why there is
// none: {"width", "height",
//    "boxes": [{"object", "x", "y" of the middle, "width", "height", "lines"}],
//    "arrows": [{"reference": index or null, "path": SVG's, "head": SVG's polygon,
//                "x", "y" of the label's middle, "width", "height", "lines"}]}
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/html/code_table.h"
#include "report/html/graph_layout.h"
#include "report/report.h"

namespace gordian {

// Drawing one takes from a quarter of a millisecond to four; nobody looks at the thousand-and-first.
inline constexpr std::size_t kMostPictures = 1000;

// Of a name on the page; longer ones lose their middle.
inline constexpr std::size_t kMostInName = 500;

// `layout` is null for a finding beyond kMostPictures.
nlohmann::ordered_json finding_data(const Finding& finding, const Report& report, CodeTable& code,
                                    GraphLayout* layout);

}  // namespace gordian
