// classes_test.cpp - scan/classes.h: which classes are control blocks, by the first bases of our own ones.
#include "scan/classes.h"

#include <memory>

#include "catch.h"
#include "scan/heap.h"

using namespace gordian::rt;

namespace {

// A control block that is `depth` classes away from the one that libstdc++ counts in.
template <int depth>
struct Derived : Derived<depth - 1> {};
template <>
struct Derived<0> : std::_Sp_counted_base<__gnu_cxx::_S_atomic> {
  void _M_dispose() noexcept override {}
  void* _M_get_deleter(const std::type_info&) noexcept override { return nullptr; }
};

struct Other {
  virtual ~Other() = default;
  int number = 0;
};
struct FirstOfTwo : Derived<0>, Other {};
struct SecondOfTwo : Other, Derived<0> {};
struct Virtual : virtual Derived<0> {};

// What a check would say of an object of T.
template <class T>
ClassInfo examined() {
  const T object;
  ModuleMap modules;
  REQUIRE(modules.read());
  Classes classes(modules);
  const std::uint32_t index = classes.find(load_word(reinterpret_cast<Address>(&object)));
  REQUIRE(index != kNoIndex);
  return classes[index];
}

bool is_libstdcxx_control(const ClassInfo& info) {
  return info.family != FamilyRow::none && family_at(info.family).id == gordian::snapshot::Family::std_shared;
}

}  // namespace

TEST_CASE("a class is a control block when its first bases lead to one") {
  CHECK(is_libstdcxx_control(examined<Derived<0>>()));
  CHECK(is_libstdcxx_control(examined<Derived<3>>()));
  CHECK(is_libstdcxx_control(examined<FirstOfTwo>()));
}

TEST_CASE("a class with a control block as another base than its first is none") {
  CHECK(examined<Other>().family == FamilyRow::none);
  CHECK(examined<SecondOfTwo>().family == FamilyRow::none);
  CHECK(examined<Virtual>().family == FamilyRow::none);
  CHECK(examined<SecondOfTwo>().kind.holding == Holding::not_control);
}

TEST_CASE("bases are followed so far and no farther") {
  CHECK(is_libstdcxx_control(examined<Derived<14>>()));
  CHECK(examined<Derived<17>>().family == FamilyRow::none);
}
