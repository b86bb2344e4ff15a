// handles_test.cpp - what is logged of handles (tables/live.h).
#include "catch.h"
#include "tables/live.h"

using namespace gordian::rt;

namespace {

constexpr Address kHandle = 0x610000000018;

}  // namespace

TEST_CASE("a strong handle that was never logged leaves nothing behind, one that was is dropped") {
  drop_strong(kHandle);
  CHECK(g_live.strong.get(kHandle) == 0);
  add_handle(g_live.strong, kHandle, StackId::none);
  CHECK(packed_matches(g_live.strong.get(kHandle), kHandle));
  drop_strong(kHandle);
  CHECK(packed_dropped(g_live.strong.get(kHandle), kHandle));
  g_live.strong.clear(kHandle);
}

TEST_CASE("a weak handle that ends is dropped, and says nothing of the other half of its granule") {
  add_handle(g_live.weak, kHandle, StackId::none);
  drop_weak(kHandle);
  CHECK(packed_dropped(g_live.weak.get(kHandle), kHandle));
  CHECK_FALSE(packed_dropped(g_live.weak.get(kHandle - 8), kHandle - 8));
  g_live.weak.clear(kHandle);
}
