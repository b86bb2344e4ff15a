// baseline.cpp - any text as a baseline. What is read and written again reads as the same.
#include "acceptance/baseline.h"

#include "fuzz.h"

using namespace gordian;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::ask([&] {
    const std::string once = baseline_text(read_baseline_text(fuzz::as_text(data, size), "baseline"));
    fuzz::require(baseline_text(read_baseline_text(once, "written")) == once);
  });
  return 0;
}
