// matrix_tasks.cpp - tasks, futures, exceptions and containers that may be empty, each in a cycle.
// gordian: exit 23
// gordian: proved 5
// gordian: proved or likely Packaged
// gordian: path captured target or Packaged::task
// gordian: path captured target or Deferred::later -> captured target
// gordian: path Exception::error -> Exception::Broken::where
// gordian: path OptionalVector::kids[1]
// gordian: path VariantVector::kids[1]
#define REF std::shared_ptr
#include "matrix/tasks.hpp"

int main() {
  each_holder([](const auto&) {});
}
