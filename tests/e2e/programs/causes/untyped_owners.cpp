// untyped_owners.cpp - what a button keeps behind its header, the menu and the bar that it is in, has no type: both must go, each of its type.
// gordian: exit 23
// gordian: cycle likely objects=4 instances=1 of=Bar,Button,Menu
// gordian: set Button::links, Button::links
// gordian: says cut Button::links -> +0x8: let what it leads to hold std::weak_ptr<Menu> instead
// gordian: says cut Button::links -> +0x20: let what it leads to hold std::weak_ptr<Bar> instead
#include <initializer_list>
#include <memory>

#ifdef FIXED
#define BACK std::weak_ptr
#else
#define BACK std::shared_ptr
#endif

struct Menu;
struct Bar;
struct Owners {
  long id = 0;
  BACK<Menu> menu;
  long more = 0;
  BACK<Bar> bar;
};
struct Button {
  void* links = new Owners;
  ~Button() { delete static_cast<Owners*>(links); }
  Owners& at() { return *static_cast<Owners*>(links); }
};
struct Menu {
  std::shared_ptr<Button> first, second;
};
struct Bar {
  std::shared_ptr<Button> left, right;
};

int main() {
  auto menu = std::make_shared<Menu>();
  auto bar = std::make_shared<Bar>();
  menu->first = bar->left = std::make_shared<Button>();
  menu->second = bar->right = std::make_shared<Button>();
  for (const auto& button : {menu->first, menu->second}) {
    button->at().menu = menu;
    button->at().bar = bar;
  }
}
