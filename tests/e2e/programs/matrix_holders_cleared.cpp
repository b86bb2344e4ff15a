// matrix_holders_cleared.cpp - every way to hold a handle, emptied in time: what it leaves behind is nobody's.
// gordian: silent
#define REF std::shared_ptr
#include "matrix/holders.hpp"

int main() {
  each_holder([](const auto& object) { object->clear(); });
}
