// matrix_tasks_fixed.cpp - tasks, futures, exceptions and containers that may be empty, holding weak handles.
// gordian: silent
#define REF std::weak_ptr
#include "matrix/tasks.hpp"

int main() {
  each_holder([](const auto&) {});
}
