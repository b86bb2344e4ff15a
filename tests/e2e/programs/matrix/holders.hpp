// holders.hpp - one class for each way to hold a handle: each `put(self)` makes a cycle of one object.
//
// REF is std::shared_ptr, or std::weak_ptr for the silent twin.
#pragma once

#include <any>
#include <array>
#include <deque>
#include <forward_list>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <stack>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#define HOLDER(name) struct name
#define SELF(name) void put(const std::shared_ptr<name>& self)

HOLDER(Vector) {
  std::vector<REF<Vector>> kids;
  SELF(Vector) { kids = {{}, self}; }
  void clear() { kids.clear(); }
};
HOLDER(Array) {
  std::array<REF<Array>, 3> kids;
  SELF(Array) { kids[2] = self; }
  void clear() { kids[2].reset(); }
};
HOLDER(Deque) {
  std::deque<REF<Deque>> kids;
  SELF(Deque) {
    for (int i = 0; i < 100; ++i) kids.emplace_back();
    for (int i = 0; i < 10; ++i) kids.pop_front();
    kids[70] = self;
  }
  void clear() { kids.clear(); }
};
HOLDER(List) {
  std::list<REF<List>> kids;
  SELF(List) { kids = {{}, {}, self}; }
  void clear() { kids.clear(); }
};
HOLDER(ForwardList) {
  std::forward_list<REF<ForwardList>> kids;
  SELF(ForwardList) { kids = {{}, {}, self}; }
  void clear() { kids.clear(); }
};
HOLDER(Map) {
  std::map<std::string, REF<Map>> by_name;
  SELF(Map) {
    for (const char* name : {"a", "b", "c", "d"}) by_name[name];
    by_name["c"] = self;
  }
  void clear() { by_name.clear(); }
};
HOLDER(MapKey) {
  std::map<REF<MapKey>, int, std::owner_less<>> ranks;
  SELF(MapKey) { ranks[self] = 1; }
  void clear() { ranks.clear(); }
};
HOLDER(MultiMap) {
  struct Entry {
    int rank;
    REF<MultiMap> target;
  };
  std::multimap<int, Entry> entries;
  SELF(MultiMap) { entries.insert({1, Entry{7, self}}); }
  void clear() { entries.clear(); }
};
HOLDER(Set) {
  std::set<REF<Set>, std::owner_less<>> members;
  SELF(Set) { members.insert(self); }
  void clear() { members.clear(); }
};
HOLDER(UnorderedMap) {
  std::unordered_map<std::string, REF<UnorderedMap>> by_name;
  SELF(UnorderedMap) {
    for (int i = 0; i < 50; ++i) by_name[std::to_string(i)];
    by_name["17"] = self;
  }
  void clear() { by_name.clear(); }
};
HOLDER(UnorderedIds) {
  std::unordered_map<int, REF<UnorderedIds>> by_id;
  SELF(UnorderedIds) { by_id[3] = self; }
  void clear() { by_id.clear(); }
};
HOLDER(UnorderedSet) {
  struct Entry {
    int id;
    REF<UnorderedSet> target;
    bool operator==(const Entry& other) const { return id == other.id; }
  };
  struct Hash {
    std::size_t operator()(const Entry& entry) const { return static_cast<std::size_t>(entry.id); }
  };
  std::unordered_set<Entry, Hash> entries;
  SELF(UnorderedSet) { entries.insert({1, self}); }
  void clear() { entries.clear(); }
};
HOLDER(Optional) {
  std::optional<REF<Optional>> maybe;
  SELF(Optional) { maybe = self; }
  void clear() { maybe.reset(); }
};
HOLDER(Variant) {
  std::variant<int, std::string, REF<Variant>> either;
  SELF(Variant) { either = REF<Variant>(self); }
  void clear() { either = 0; }
};
HOLDER(Any) {
  std::any anything;
  SELF(Any) { anything = REF<Any>(self); }
  void clear() { anything.reset(); }
};
HOLDER(Pair) {
  std::pair<int, REF<Pair>> edge;
  SELF(Pair) { edge = {1, self}; }
  void clear() { edge.second.reset(); }
};
HOLDER(Tuple) {
  std::tuple<int, std::string, REF<Tuple>> row;
  SELF(Tuple) { std::get<2>(row) = self; }
  void clear() { std::get<2>(row).reset(); }
};
HOLDER(UniquePtr) {
  struct Impl {
    int number = 0;
    REF<UniquePtr> owner;
  };
  std::unique_ptr<Impl> impl;
  SELF(UniquePtr) {
    impl = std::make_unique<Impl>();
    impl->owner = self;
  }
  void clear() { impl.reset(); }
};
HOLDER(RawPointer) {
  struct Impl {
    int number = 0;
    REF<RawPointer> owner;
  };
  Impl* impl = nullptr;
  ~RawPointer() { delete impl; }
  SELF(RawPointer) { impl = new Impl{1, self}; }
  void clear() {
    delete impl;
    impl = nullptr;
  }
};
HOLDER(Polymorphic) {
  struct Shape {
    virtual ~Shape() = default;
  };
  struct Circle : Shape {
    double radius = 1;
    REF<Polymorphic> owner;
  };
  std::unique_ptr<Shape> shape;
  SELF(Polymorphic) {
    auto circle = std::make_unique<Circle>();
    circle->owner = self;
    shape = std::move(circle);
  }
  void clear() { shape.reset(); }
};
struct Base {
  virtual ~Base() = default;
  REF<Base> in_base;
};
struct Derived : Base {
  void put(const std::shared_ptr<Derived>& self) { in_base = self; }
  void clear() { in_base.reset(); }
};
HOLDER(Function) {
  std::function<void()> on_click;
  SELF(Function) {
    on_click = [number = 1, target = REF<Function>(self)] { (void)number; };
  }
  void clear() { on_click = nullptr; }
};
HOLDER(SmallFunction) {
  std::function<void()> on_click;
  SELF(SmallFunction) {
    on_click = [target = REF<SmallFunction>(self)] {};
  }
  void clear() { on_click = nullptr; }
};
HOLDER(Functor) {
  struct Call {
    REF<Functor> target;
    void operator()() const {}
  };
  std::function<void()> on_click;
  SELF(Functor) { on_click = Call{self}; }
  void clear() { on_click = nullptr; }
};
HOLDER(Bind) {
  std::function<void()> on_click;
  static void click(int, const REF<Bind>&) {}
  SELF(Bind) { on_click = std::bind(&Bind::click, 7, REF<Bind>(self)); }
  void clear() { on_click = nullptr; }
};
HOLDER(Functions) {
  std::map<std::string, std::vector<std::function<void(int)>>> handlers;
  SELF(Functions) {
    handlers["open"].resize(2);
    handlers["close"].push_back([target = REF<Functions>(self)](int) {});
  }
  void clear() { handlers.clear(); }
};
HOLDER(Queue) {
  std::queue<REF<Queue>> jobs;
  SELF(Queue) { jobs.push(self); }
  void clear() { jobs.pop(); }
};
HOLDER(Stack) {
  std::stack<REF<Stack>, std::vector<REF<Stack>>> jobs;
  SELF(Stack) { jobs.push(self); }
  void clear() { jobs.pop(); }
};
HOLDER(Nested) {
  std::map<int, std::list<std::pair<std::string, std::vector<REF<Nested>>>>> levels;
  SELF(Nested) { levels[4].push_back({"x", {self}}); }
  void clear() { levels.clear(); }
};

namespace {
template <class T>
struct Cell {
  std::vector<std::pair<int, T>> rows;
};
struct Local {
  Cell<REF<Local>> cell;
  void put(const std::shared_ptr<Local>& self) { cell.rows.push_back({1, self}); }
  void clear() { cell.rows.clear(); }
};
}  // namespace

// Calls `visit(std::shared_ptr<T>)` with a new object of each class that has put itself into itself.
template <class Visit>
void each_holder(Visit visit) {
  const auto make = [&](auto object) {
    object->put(object);
    visit(object);
  };
  make(std::make_shared<Vector>());
  make(std::make_shared<Array>());
  make(std::make_shared<Deque>());
  make(std::make_shared<List>());
  make(std::make_shared<ForwardList>());
  make(std::make_shared<Map>());
  make(std::make_shared<MapKey>());
  make(std::make_shared<MultiMap>());
  make(std::make_shared<Set>());
  make(std::make_shared<UnorderedMap>());
  make(std::make_shared<UnorderedIds>());
  make(std::make_shared<UnorderedSet>());
  make(std::make_shared<Optional>());
  make(std::make_shared<Variant>());
  make(std::make_shared<Any>());
  make(std::make_shared<Pair>());
  make(std::make_shared<Tuple>());
  make(std::make_shared<UniquePtr>());
  make(std::make_shared<RawPointer>());
  make(std::make_shared<Polymorphic>());
  make(std::make_shared<Derived>());
  make(std::make_shared<Function>());
  make(std::make_shared<SmallFunction>());
  make(std::make_shared<Functor>());
  make(std::make_shared<Bind>());
  make(std::make_shared<Functions>());
  make(std::make_shared<Queue>());
  make(std::make_shared<Stack>());
  make(std::make_shared<Nested>());
  make(std::make_shared<Local>());
}
