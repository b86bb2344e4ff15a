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

TEST_CASE(
    "of what has an owner, words of which nothing is known and handles with deleters of their own are none; handles that share are") {
  const auto kind_with = [](const std::string& owner, const std::string& observer) {
    HeapBuilder heap;
    heap.block("lost").owns("Model", "it");
    heap.object("Model").points_to("held", "owned");
    heap.block("held").owns("View", "view");
    heap.object("View").points_to("held", "seen");
    for (const auto& [type, member] : {std::pair(owner, std::pair("Model", "owned")), {observer, {"View", "seen"}}}) {
      Word pointer;
      pointer.kind = type.empty() ? WordKind::unknown : type == "std::shared_ptr<Held>" ? WordKind::strong_handle : WordKind::pointer;
      pointer.member = pointer.path = std::string(member.first) + "::" + member.second;
      pointer.type = type;
      heap.types().set_word(heap.types().type(member.first), 0, pointer);
      heap.types().set_word(heap.types().type("control block of " + std::string(member.first)), 16, pointer);
    }
    const Findings findings = heap.analyse();
    return std::any_of(findings.findings.begin(), findings.findings.end(),
                       [](const Finding& finding) { return finding.kind == FindingKind::cycle; });
  };
  CHECK_FALSE(kind_with("std::unique_ptr<Held>", "std::unique_ptr<Held, Keep>"));
  CHECK_FALSE(kind_with("std::unique_ptr<Held>", ""));
  CHECK_FALSE(kind_with("std::unique_ptr<Held, Keep>", ""));
  CHECK(kind_with("std::unique_ptr<Held, Keep>", "std::unique_ptr<Held>"));
  CHECK(kind_with("std::unique_ptr<Held>", "std::shared_ptr<Held>"));
  CHECK(kind_with("Held*", ""));
  CHECK(kind_with("Held*", "std::unique_ptr<Held, Keep>"));
}

TEST_CASE("what owns a block owns it also right behind a raw pointer to it") {
  HeapBuilder heap;
  heap.object("Model").points_to("held", "newest").points_to("held", "owned");
  heap.block("held").owns("Model", "model");
  for (const auto& [offset, type] : {std::pair(0, "Held*"), std::pair(8, "std::unique_ptr<Held>")}) {
    Word pointer;
    pointer.kind = WordKind::pointer;
    pointer.member = pointer.path = offset == 0 ? "Model::newest" : "Model::owned";
    pointer.type = type;
    heap.types().set_word(heap.types().type("Model"), static_cast<std::uint64_t>(offset), pointer);
    heap.types().set_word(heap.types().type("control block of Model"), static_cast<std::uint64_t>(16 + offset), pointer);
  }
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].kind == FindingKind::cycle);
}

}  // namespace
}  // namespace gordian
