// matrix_tasks_cleared.cpp - tasks, futures, exceptions and containers that may be empty, emptied in time.
// gordian: silent
#define REF std::shared_ptr
#include "matrix/tasks.hpp"

int main() {
  each_holder([](const auto& object) { object->clear(); });
}
