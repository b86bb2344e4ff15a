// ring_qt.cpp - QExplicitlySharedDataPointer and QSharedPointer from Qt's own headers.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: proved 2
// gordian: path Style::theme
// gordian: path Theme::style
// gordian: path Scene::items[0]
// gordian: path Item::scene
// gordian: says make it QWeakPointer<
#include <QSharedData>
#include <QSharedPointer>
#include <QWeakPointer>
#include <vector>

struct Theme;
struct Style : QSharedData {
  QExplicitlySharedDataPointer<Theme> theme;
  ~Style();
};
struct Theme : QSharedData {
  QExplicitlySharedDataPointer<Style> style;
};
Style::~Style() = default;

struct Scene;
struct Item {
  QSharedPointer<Scene> scene;
  QWeakPointer<Scene> seen;
  int number = 0;
};
struct Scene {
  std::vector<QSharedPointer<Item>> items;
};

void close_ring(const QSharedPointer<Scene>& scene, const QSharedPointer<Item>& item) {
  scene->items.push_back(item);
  item->scene = scene;
  item->seen = scene;
}

int main() {
  QExplicitlySharedDataPointer<Style> style(new Style);  // (made here)
  style->theme = new Theme;                              // (made here)
  style->theme->style = style;

  close_ring(QSharedPointer<Scene>::create(), QSharedPointer<Item>::create());              // (made here)
  close_ring(QSharedPointer<Scene>(new Scene), QSharedPointer<Item>(new Item));  // (made here)
}
