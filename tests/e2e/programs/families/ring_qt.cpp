// ring_qt.cpp - QExplicitlySharedDataPointer from Qt's own headers.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: cycle proved objects=2 instances=1 of=Style,Theme members=Style::theme,Theme::style
#include <QSharedData>

struct Theme;
struct Style : QSharedData {
  QExplicitlySharedDataPointer<Theme> theme;
  ~Style();
};
struct Theme : QSharedData {
  QExplicitlySharedDataPointer<Style> style;
};
Style::~Style() = default;

int main() {
  QExplicitlySharedDataPointer<Style> style(new Style);  // (made here)
  style->theme = new Theme;                              // (made here)
  style->theme->style = style;
}
