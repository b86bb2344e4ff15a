// matrix_modern.cpp - more ways to hold a handle, each with a cycle of one object through it.
// gordian: exit 23
// gordian: proved 11
// gordian: likely AnonymousUnion,Session
// gordian: path VirtualBase::in_virtual
// gordian: path AnonymousUnion::owner
// gordian: path Atomic::latest
// gordian: path MoveOnly::then -> captured target
// gordian: path BigMoveOnly::then -> captured target
// gordian: path BindFront::then -> bound argument 2
// gordian: path BoostFunction::then -> captured target
// gordian: path BigBoostFunction::then -> captured target
// gordian: path BoostBind::then -> bound argument 2
// gordian: path StopCallback::at_stop -> captured target
// gordian: path Session::task.handle -> serve()::session
#define REF std::shared_ptr
#include "../matrix/modern.hpp"

int main() {
  each_holder([](const auto&) {});
}
