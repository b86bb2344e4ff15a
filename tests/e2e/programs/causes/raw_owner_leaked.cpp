// raw_owner_leaked.cpp - a main window that was made with new and never deleted. Its panels only point at it, and one of
// them is all that still does.
// gordian: exit 23
// gordian: prints 2 panels of editor
// gordian: cycle proved objects=2 instances=1 retained=1 of=Panel
// gordian: says cut MainWindow::panels_: hold std::weak_ptr<Panel> in it.
// gordian: says But Panel::window_ is a raw pointer: if it does not own the MainWindow, delete the MainWindow instead.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

class MainWindow;

struct Icon {
  char pixels[256] = {};
};

class Panel {
 public:
  Panel(MainWindow* window, std::shared_ptr<Icon> icon) : window_(window), icon_(std::move(icon)) {}
  const std::string& window_title() const;

 private:
  MainWindow* window_;
  std::shared_ptr<Icon> icon_;
};

class MainWindow {
 public:
  explicit MainWindow(std::string title) : title_(std::move(title)) {}
  void add_panel() {
    if (!icon_) icon_ = std::make_shared<Icon>();
    panels_.push_back(std::make_shared<Panel>(this, icon_));
  }
  const std::string& title() const { return title_; }
  const std::vector<std::shared_ptr<Panel>>& panels() const { return panels_; }

 private:
  std::string title_;
  std::shared_ptr<Icon> icon_;
  std::vector<std::shared_ptr<Panel>> panels_;
};

const std::string& Panel::window_title() const {
  return window_->title();
}

void open(const std::string& title) {
  auto* window = new MainWindow(title);
  window->add_panel();
  window->add_panel();
  std::printf("%zu panels of %s\n", window->panels().size(), window->panels()[0]->window_title().c_str());
#ifdef FIXED
  delete window;
#endif
}

int main() {
  open("editor");
}
