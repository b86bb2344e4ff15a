// observer_registry.cpp - a document and its view own each other, and a registry still sees the view.
//
// The registry lives until the process ends and holds weak_ptrs. A leak checker that
// follows every pointer calls the view, and with it the document, reachable.
// A weak_ptr owns nothing, so gordian reports the cycle.
//
// gordian: prints views alive: 1
// gordian: exit 23
// gordian: cycle proved objects=2 of=Document,View members=Document::view,View::document
#include <cstdio>
#include <memory>
#include <vector>

struct View;

struct Document {
  std::shared_ptr<View> view;
};

struct View {
  std::shared_ptr<Document> document;
};

// Never destroyed, so that it can be used until the very end.
std::vector<std::weak_ptr<View>>& registry() {
  static auto* const views = new std::vector<std::weak_ptr<View>>;
  return *views;
}

void open_document() {
  auto document = std::make_shared<Document>();
  document->view = std::make_shared<View>();
  document->view->document = document;
  registry().push_back(document->view);
}

int main() {
  open_document();
  int alive = 0;
  for (const auto& view : registry()) alive += view.expired() ? 0 : 1;
  std::printf("views alive: %d\n", alive);
}
