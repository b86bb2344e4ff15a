// matrix_holders_fixed.cpp - every way to hold a handle, holding a weak one.
// gordian: silent
#define REF std::weak_ptr
#include "matrix/holders.hpp"

int main() {
  each_holder([](const auto&) {});
}
