// why_alive.cpp - who holds an object is told from the variable on that leads to it, whoever it is.
// gordian: prints a member of an object in a global's vector: yes
// gordian: prints a value in a map of a static local: yes
// gordian: prints what a callback captured: yes
// gordian: prints a local variable: yes
// gordian: prints a static of a class: yes
// gordian: prints a variable of a thread's own: yes
// gordian: prints its own child: yes
// gordian: prints memory that counts nothing: yes
// gordian: prints an object that was freed: yes
// gordian: prints another at the place of one that was watched: yes
#include <gordian/freed.hpp>

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace app {
struct Child;
struct Session {
  int id = 7;
  std::shared_ptr<Child> child;
};
struct Child {
  std::shared_ptr<Session> parent;
};
struct Worker {
  std::shared_ptr<Session> session;
};
struct Registry {
  std::map<int, std::shared_ptr<Session>> by_id;
  std::function<int()> hook;
};
struct Cache {
  static std::shared_ptr<Session> last;
};
std::shared_ptr<Session> Cache::last;
std::vector<std::shared_ptr<Worker>> pool;
thread_local std::shared_ptr<Session> current;

Registry& registry() {
  static Registry* only = new Registry;
  return *only;
}
}  // namespace app

// Every line of `expected`, in that order.
bool says(const std::string& text, std::initializer_list<const char*> expected) {
  std::size_t at = 0;
  for (const char* line : expected) {
    at = text.find(line, at);
    if (at == std::string::npos) return false;
  }
  return true;
}

void tell(const char* what, const std::string& text, std::initializer_list<const char*> expected) {
  const bool yes = says(text, expected);
  std::printf("%s: %s\n", what, yes ? "yes" : text.c_str());
}

// In a function of its own: no word of it is left on the stack of who asks.
template <class Keep>
__attribute__((noinline)) std::weak_ptr<app::Session> make(Keep keep) {
  auto session = std::make_shared<app::Session>();
  keep(session);
  return session;
}

int main() {
  using app::Session;
  const auto pooled = make([](std::shared_ptr<Session>& s) {
    app::pool.push_back(std::make_shared<app::Worker>());
    app::pool.back()->session = s;
  });
  tell("a member of an object in a global's vector", gordian::why_alive(pooled),
       {"app::Session", "use_count 1", "held by app::Worker::session", "of app::Worker", "held by app::pool[0]",
        "a variable of static storage, ", "why_alive.cpp:"});
  const auto registered = make([](std::shared_ptr<Session>& s) { app::registry().by_id[7] = s; });
  tell("a value in a map of a static local", gordian::why_alive(registered),
       {"use_count 1", "held by app::registry()::only -> app::Registry::by_id[key]\n", "a variable of static storage"});
  const auto hooked = make([](std::shared_ptr<Session>& s) { app::registry().hook = [s] { return s->id; }; });
  tell("what a callback captured", gordian::why_alive(hooked), {"app::Registry::hook -> captured s\n"});

  app::Worker worker;
  std::vector<std::shared_ptr<Session>> kept;
  const auto local = make([&](std::shared_ptr<Session>& s) { kept.push_back(s); });
  tell("a local variable", gordian::why_alive(local), {"held by kept[0]\n", "a local variable of main(), "});
  const auto last = make([](std::shared_ptr<Session>& s) { app::Cache::last = s; });
  tell("a static of a class", gordian::why_alive(last), {"held by app::Cache::last\n"});
  const auto own = make([](std::shared_ptr<Session>& s) { app::current = s; });
  tell("a variable of a thread's own", gordian::why_alive(own), {"held by thread-local data\n"});

  const auto parent = make([](std::shared_ptr<Session>& s) {
    s->child = std::make_shared<app::Child>();
    s->child->parent = s;
    app::registry().by_id[8] = s;
  });
  tell("its own child", gordian::why_alive(parent),
       {"use_count 2", "by_id[key]\n", "held by app::Child::parent\n", "of app::Child", "held by app::Session::child\n",
        "which it holds itself"});
  parent.lock()->child.reset();

  app::registry().by_id.clear();
  tell("memory that counts nothing", gordian::why_alive(&app::registry()), {"app::Registry", "held by app::registry()::only\n"});
  std::string freed = "no failure";
  gordian::expect_freed(registered, [&](const char* why) { freed = why; });
  tell("an object that was freed", freed, {"no failure"});

  auto* first = new Session;
  const gordian::Watch watch(first);
  const bool was_alive = !watch.expired();
  delete first;
  auto second = std::make_unique<Session>();  // mostly at the same place
  const gordian::Watch other(second.get());
  const bool right = was_alive && watch.expired() && !other.expired();
  std::printf("another at the place of one that was watched: %s\n", right ? "yes" : "no");
}
