// ring_in_rounds.cpp - a plugin is loaded, leaks and is unloaded a hundred times.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=100 of=Menu,Item members=Menu::item,Item::menu
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <memory>

#include "../unload/library.h"

#ifdef GORDIAN_LIBRARY
struct Item;

struct Menu {
  virtual ~Menu() = default;
  std::shared_ptr<Item> item;
};

struct Item {
  virtual ~Item() = default;
  std::shared_ptr<Menu> menu;
};

extern "C" void leak() {
  auto menu = std::make_shared<Menu>();  // (made here)
  menu->item = std::make_shared<Item>();  // (made here)
  menu->item->menu = menu;
}
#else
int main(int, char** argv) {
  const std::string path = library_path(argv[0]);
  for (int round = 0; round < 100; ++round) {
    void* library = load(path);
    find<void()>(library, "leak")();
    unload(library, path);
  }
}
#endif
