// sizes.h - the sizes of heaps that benchmarks take, and the claim that what they measure is linear in them.
#pragma once

#include <benchmark/benchmark.h>

namespace gordian::bench {

// state.range(0) is the number of objects. google-benchmark 1.7 prints the deviation from linear as RMS.
// Where every size fails its check it crashes instead of telling the last one.
inline void by_objects(benchmark::internal::Benchmark* benchmark) {
  benchmark->RangeMultiplier(10)
      ->Range(10'000, 1'000'000)
      ->Complexity(benchmark::oN)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace gordian::bench
