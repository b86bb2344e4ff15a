// ring_in_unloaded.cpp - a library makes cycles of its own types and is unloaded.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Menu,Item members=Menu::item,Item::menu
// gordian: cycle proved objects=1 instances=1 of=Caller members=Caller::call
// gordian: path Caller::call -> captured self
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <functional>
#include <memory>

#include "library.h"

#ifdef GORDIAN_LIBRARY
struct Widget {
  virtual ~Widget() = default;
  virtual void draw() {}
};

struct Item;

struct Menu : Widget {
  std::shared_ptr<Item> item;
  long padding[4] = {};
};

struct Item : Widget {
  std::shared_ptr<Menu> menu;
};

struct Caller {
  std::function<void()> call;
};

extern "C" void leak() {
  auto menu = std::make_shared<Menu>();  // (made here)
  std::shared_ptr<Item> item(new Item);  // (made here)
  menu->item = item;
  item->menu = menu;
  auto self = std::make_shared<Caller>();  // (made here)
  self->call = [self] { self->call(); };
}
#else
int main(int, char** argv) {
  const std::string path = library_path(argv[0]);
  void* library = load(path);
  find<void()>(library, "leak")();
  unload(library, path);
}
#endif
