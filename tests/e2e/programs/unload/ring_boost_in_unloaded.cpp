// ring_boost_in_unloaded.cpp - boost's control blocks and callbacks of an unloaded library.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Menu,Item members=Menu::item,Item::menu
// gordian: cycle proved objects=1 instances=1 of=Caller members=Caller::call
// gordian: path Caller::call -> captured self
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <boost/function.hpp>
#include <boost/make_shared.hpp>
#include <boost/shared_ptr.hpp>

#include "library.h"

#ifdef GORDIAN_LIBRARY
struct Item;

struct Menu {
  boost::shared_ptr<Item> item;
  long padding[8] = {};
};

struct Item {
  boost::shared_ptr<Menu> menu;
};

struct Caller {
  boost::function<void()> call;
};

extern "C" void leak() {
  auto menu = boost::make_shared<Menu>();  // (made here)
  boost::shared_ptr<Item> item(new Item);  // (made here)
  menu->item = item;
  item->menu = menu;
  auto self = boost::make_shared<Caller>();  // (made here)
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
