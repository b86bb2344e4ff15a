// ring_menu_fixed.cpp - ring_menu with the set of cuts made: the items live as long as their menu.
// gordian: silent
// gordian: prints 2 items, 1 chosen
#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

struct Menu;

struct Item {
  std::weak_ptr<Menu> parent;
  std::function<void()> activated;
};
struct Menu {
  std::vector<std::shared_ptr<Item>> items;
  int chosen = 0;
};

void add_item(const std::shared_ptr<Menu>& menu) {
  auto item = std::make_shared<Item>();
  item->parent = menu;
  item->activated = [weak = std::weak_ptr<Menu>(menu)] { ++weak.lock()->chosen; };
  menu->items.push_back(item);
}

int main() {
  auto menu = std::make_shared<Menu>();
  add_item(menu);
  add_item(menu);
  menu->items[0]->activated();
  std::printf("%zu items, %d chosen\n", menu->items.size(), menu->chosen);
}
