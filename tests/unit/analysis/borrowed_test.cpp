// borrowed_test.cpp - analysis/borrowed.h, by the cuts that follow from it.
#include <algorithm>
#include <string>

#include "catch.h"
#include "cuts_of.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::cuts_of;
using testing::HeapBuilder;

TEST_CASE(
    "a raw pointer into what a unique_ptr owns keeps nothing; into what only raw pointers lead to it may") {
  const auto cuts_with = [](const std::string& owner) {
    HeapBuilder heap;
    heap.object("Model").points_to("index", "index_");
    heap.block("index").owns("I1", "items").owns("I2", "items2");
    for (const char* item : {"I1", "I2"})
      heap.object(item).type("Item").points_to("index", "index").owns("Model", "model");
    Word pointer;
    pointer.kind = WordKind::pointer;
    pointer.member = pointer.path = "Model::index_";
    pointer.type = owner;
    heap.types().set_word(heap.types().type("Model"), 0, pointer);
    heap.types().set_word(heap.types().type("control block of Model"), 16, pointer);
    return cuts_of(heap);
  };
  CHECK(cuts_with("std::unique_ptr<Index>")[0].path == "Item::model");
  CHECK(cuts_with("std::unique_ptr<Index>")[0].breaks_all);
  const auto by_raw = cuts_with("Index*");
  CHECK(std::none_of(by_raw.begin(), by_raw.end(),
                     [](const Cut& cut) { return cut.path == "Item::model" && cut.breaks_all; }));
}

}  // namespace
}  // namespace gordian
