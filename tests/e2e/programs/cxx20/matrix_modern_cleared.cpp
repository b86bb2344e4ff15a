// matrix_modern_cleared.cpp - more ways to hold a handle, emptied in time.
// gordian: silent
#define REF std::shared_ptr
#include "../matrix/modern.hpp"

int main() {
  each_holder([](const auto& object) { object->clear(); });
}
