// modern.hpp - what C++20 and 23, virtual bases and boost add to holders.hpp.
//
// REF is std::shared_ptr, or std::weak_ptr for the silent twin.
#pragma once

#include <atomic>
#include <boost/bind/bind.hpp>
#include <boost/function.hpp>
#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

struct VirtualBase {
  virtual ~VirtualBase() = default;
  long before = 0;
  REF<VirtualBase> in_virtual;
};
struct Left : virtual VirtualBase {
  int left = 0;
};
struct Right : virtual VirtualBase {
  int right = 0;
};
struct Diamond : Left, Right {
  void put(const std::shared_ptr<Diamond>& self) { in_virtual = self; }
  void clear() { in_virtual.reset(); }
};
struct AnonymousUnion {
  AnonymousUnion() : owner() {}
  ~AnonymousUnion() { std::destroy_at(&owner); }
  int kind = 0;
  union {
    REF<AnonymousUnion> owner;
    long number;
  };
  void put(const std::shared_ptr<AnonymousUnion>& self) { owner = self; }
  void clear() { owner.reset(); }
};
struct Atomic {
  std::atomic<REF<Atomic>> latest;
  void put(const std::shared_ptr<Atomic>& self) { latest = REF<Atomic>(self); }
  void clear() { latest = REF<Atomic>(); }
};
struct MoveOnly {
  std::move_only_function<void()> then;
  void put(const std::shared_ptr<MoveOnly>& self) {
    then = [target = REF<MoveOnly>(self)] {};
  }
  void clear() { then = nullptr; }
};
struct BigMoveOnly {
  std::move_only_function<void()> then;
  void put(const std::shared_ptr<BigMoveOnly>& self) {
    then = [target = REF<BigMoveOnly>(self), more = std::string(), most = 1L] { (void)most; };
  }
  void clear() { then = nullptr; }
};
struct BindFront {
  std::function<void()> then;
  static void call(int, const REF<BindFront>&) {}
  void put(const std::shared_ptr<BindFront>& self) { then = std::bind_front(&BindFront::call, 7, REF<BindFront>(self)); }
  void clear() { then = nullptr; }
};
struct BoostFunction {
  boost::function<void()> then;
  void put(const std::shared_ptr<BoostFunction>& self) {
    then = [target = REF<BoostFunction>(self)] {};
  }
  void clear() { then.clear(); }
};
struct BigBoostFunction {
  boost::function<void(int)> then;
  void put(const std::shared_ptr<BigBoostFunction>& self) {
    then = [target = REF<BigBoostFunction>(self), more = 1L, most = 2L](int) { (void)(more + most); };
  }
  void clear() { then.clear(); }
};
struct BoostBind {
  boost::function<void()> then;
  static void call(int, const REF<BoostBind>&) {}
  void put(const std::shared_ptr<BoostBind>& self) { then = boost::bind(&BoostBind::call, 7, REF<BoostBind>(self)); }
  void clear() { then.clear(); }
};
struct StopCallback {
  std::stop_source stop;
  std::optional<std::stop_callback<std::function<void()>>> at_stop;
  void put(const std::shared_ptr<StopCallback>& self) {
    at_stop.emplace(stop.get_token(), [target = REF<StopCallback>(self)] {});
  }
  void clear() { at_stop.reset(); }
};

struct Task {
  struct promise_type {
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;
};
struct Session {
  Task task;
  int received = 0;
  ~Session() { clear(); }
  void put(const std::shared_ptr<Session>& self);
  void clear() {
    if (task.handle) std::exchange(task.handle, nullptr).destroy();
  }
};
// Not inlined, so that no compiler moves the frame to the caller's stack.
[[gnu::noinline]] inline Task serve([[maybe_unused]] REF<Session> session, int rounds) {
  std::string line;
  for (int i = 0; i < rounds; ++i) {
    co_await std::suspend_always{};
    line += 'x';
  }
}
inline void Session::put(const std::shared_ptr<Session>& self) { task = serve(self, 3); }

// Calls `visit(std::shared_ptr<T>)` with a new object of each class that has put itself into itself.
template <class Visit>
void each_holder(Visit visit) {
  const auto make = [&](auto object) {
    object->put(object);
    visit(object);
  };
  make(std::make_shared<Diamond>());
  make(std::make_shared<AnonymousUnion>());
  make(std::make_shared<Atomic>());
  make(std::make_shared<MoveOnly>());
  make(std::make_shared<BigMoveOnly>());
  make(std::make_shared<BindFront>());
  make(std::make_shared<BoostFunction>());
  make(std::make_shared<BigBoostFunction>());
  make(std::make_shared<BoostBind>());
  make(std::make_shared<StopCallback>());
  make(std::make_shared<Session>());
}
