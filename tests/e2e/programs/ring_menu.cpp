// ring_menu.cpp - items point back to their menu by two members: these are cut together, not the menu's list of them.
// gordian: exit 23
// gordian: cycle proved objects=3 instances=1 of=Item,Menu members=Item::parent,Item::activated,Menu::items
// gordian: set Item::parent, Item::activated
// gordian: says and cut Item::activated: capture std::weak_ptr<Menu> instead of menu
#include <functional>
#include <memory>
#include <vector>

struct Menu;

struct Item {
  std::shared_ptr<Menu> parent;
  std::function<void()> activated;
};
struct Menu {
  std::vector<std::shared_ptr<Item>> items;
  int chosen = 0;
};

void add_item(const std::shared_ptr<Menu>& menu) {
  auto item = std::make_shared<Item>();
  item->parent = menu;
  item->activated = [menu] { ++menu->chosen; };
  menu->items.push_back(item);
}

int main() {
  auto menu = std::make_shared<Menu>();
  add_item(menu);
  add_item(menu);
  menu->items[0]->activated();
}
