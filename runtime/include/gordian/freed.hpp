// freed.hpp - an object that is to be dead by now: what GORDIAN_EXPECT_FREED of catch2.hpp and gtest.hpp is made of.
//
//   std::weak_ptr<Session> session = server.open("anna");
//   server.close("anna");
//   GORDIAN_EXPECT_FREED(session);
//
// Where it is not, the message says who holds it: each strong reference, and the way there from a variable, or the cycle. It
// takes anything with lock() and expired(), or, for an object that has no weak_ptr, a Watch that was made while it lived. Without
// the runtime a Watch never fails, and a weak_ptr without a reason.
#ifndef GORDIAN_FREED_HPP
#define GORDIAN_FREED_HPP

#include <gordian/gordian.h>

#include <cstdint>

namespace gordian {

// Whether the object on the heap that was at `object` is still there, whatever has come to its place.
class Watch {
 public:
  // `object` lives: its address, or one within it.
  explicit Watch(const volatile void* object)
      : disguised_(~reinterpret_cast<std::uintptr_t>(object)), watch_(gordian_watch(address())) {}
  // It is dead, or was not on the heap.
  bool expired() const { return gordian_watched_alive(address(), watch_) == 0; }
  // Where it was.
  const void* address() const { return reinterpret_cast<const void*>(~disguised_); }

 private:
  std::uintptr_t disguised_;  // a pointer would hold what it watches
  int watch_;
};

// Who holds the object: a text of a few lines, until the thread asks again; "" where it is not alive or nobody can tell.
inline const char* why_alive(const volatile void* object) { return gordian_why_alive(const_cast<const void*>(object)); }
// Likewise of what is watched.
inline const char* why_alive(const Watch& watch) { return watch.expired() ? "" : why_alive(watch.address()); }

// In a frame of its own, which is gone before anybody looks for references: they must not find this one.
template <class Weak>
__attribute__((noinline)) auto address_behind(const Weak& observer) -> decltype(&*observer.lock()) {
  return &*observer.lock();
}
// Likewise of what a std::weak_ptr, or anything like it, observes.
template <class Weak>
auto why_alive(const Weak& observer) -> decltype(observer.expired(), &*observer.lock(), static_cast<const char*>(nullptr)) {
  return observer.expired() ? "" : why_alive(static_cast<const volatile void*>(address_behind(observer)));
}

// Calls fail(why) where the object is not dead.
template <class Observer, class Fail>
void expect_freed(const Observer& observer, Fail fail) {
  if (!observer.expired()) fail(why_alive(observer));
}

}  // namespace gordian

#endif  // GORDIAN_FREED_HPP
