// owned_in_rounds.cpp - a plugin is loaded, makes what the program keeps, and is unloaded a hundred times.
// gordian: silent
#include <memory>
#include <vector>

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

extern "C" void make(std::shared_ptr<void>& owner) {
  auto menu = std::make_shared<Menu>();
  menu->item = std::make_shared<Item>();
  menu->item->menu = menu;
  owner = menu;
}
#else
std::vector<std::shared_ptr<void>>* owners;  // never destroyed: the code that could is gone

int main(int, char** argv) {
  const std::string path = library_path(argv[0]);
  owners = new std::vector<std::shared_ptr<void>>(100);
  for (auto& owner : *owners) {
    void* library = load(path);
    find<void(std::shared_ptr<void>&)>(library, "make")(owner);
    unload(library, path);
  }
}
#endif
