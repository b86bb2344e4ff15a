// cuts_of.h - the cuts of a built heap with one finding.
#pragma once

#include <vector>

#include "catch.h"
#include "heap_builder.h"

namespace gordian::testing {

inline std::vector<Cut> cuts_of(HeapBuilder& heap) {
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  return findings.findings[0].cuts;
}

}  // namespace gordian::testing
