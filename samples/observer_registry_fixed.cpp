// observer_registry_fixed.cpp - observer_registry.cpp, repaired: closing a document drops its view.
//
// Both really own each other while the document is open, so nothing becomes weak.
// Closing ends it. gordian prints nothing.
//
// gordian: prints views alive: 0
// gordian: silent
#include <cstdio>
#include <memory>
#include <vector>

struct View;

struct Document {
  std::shared_ptr<View> view;

  void close() { view.reset(); }
};

struct View {
  std::shared_ptr<Document> document;
};

// Never destroyed, so that it can be used until the very end.
std::vector<std::weak_ptr<View>>& registry() {
  static auto* const views = new std::vector<std::weak_ptr<View>>;
  return *views;
}

void open_and_close_document() {
  auto document = std::make_shared<Document>();
  document->view = std::make_shared<View>();
  document->view->document = document;
  registry().push_back(document->view);
  document->close();
}

int main() {
  open_and_close_document();
  int alive = 0;
  for (const auto& view : registry()) alive += view.expired() ? 0 : 1;
  std::printf("views alive: %d\n", alive);
}
