// matrix_modern_fixed.cpp - more ways to hold a handle, holding a weak one.
// gordian: silent
#define REF std::weak_ptr
#include "../matrix/modern.hpp"

int main() {
  each_holder([](const auto&) {});
}
