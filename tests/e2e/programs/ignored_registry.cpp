// ignored_registry.cpp - a registry that is never deleted, declared as fine: what hangs on it by plain pointers is.
// gordian: cycle likely objects=1 instances=1 of=Session members=Session::self accepted=gordian_ignore()
// gordian: orphan proved instances=1 of=Config accepted=gordian_ignore()
#include <gordian/gordian.h>

#include <memory>

struct Session {
  std::shared_ptr<Session> self;
};

struct Config {
  int level = 0;
};

struct Page {
  std::shared_ptr<Session> session = std::make_shared<Session>();
  std::shared_ptr<Config> config = std::make_shared<Config>();
};

struct Chapter {
  Page* page = new Page;
};

struct Registry {
  Chapter* chapter = new Chapter;
};

__attribute__((noinline)) void make_registry() {
  auto* registry = new Registry;
  auto& session = registry->chapter->page->session;
  session->self = session;
  gordian_ignore(registry);
}

int main() { make_registry(); }
