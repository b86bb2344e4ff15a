// picture.h - what a finding's picture shows, and where.
//
// Boxes are the objects shown, arrows the references between them; where objects of the cycle are left out, a
// box that counts them stands in their place. So it is of more than 40 objects, and of more than 100
// references the first are drawn. Names are shortened to fit: whoever shows
// the picture has the whole ones at hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/findings.h"
#include "report/html/graph_layout.h"

namespace gordian {

struct PictureBox {
  std::uint32_t object = 0;  // FoundObject::id; 0 for the box of objects left out
  std::vector<std::string> lines;
  Size size;
  Point middle;
};

struct PictureArrow {
  static constexpr std::size_t kNoReference = static_cast<std::size_t>(-1);

  std::size_t reference = kNoReference;  // in Finding::references; none to and from what is left out
  std::vector<std::string> lines;
  Size size;  // of its label
  PlacedArrow place;
};

struct Picture {
  Size size;
  std::vector<PictureBox> boxes;
  std::vector<PictureArrow> arrows;
};

// `places` has, for each object, a word or two on where it was allocated, or "". None when `layout`
// cannot place it: then layout.problem() says why.
std::optional<Picture> picture_of(const Finding& finding, const std::vector<std::string>& places,
                                  GraphLayout& layout);

}  // namespace gordian
