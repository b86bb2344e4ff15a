// earlier.cpp - any text as what the check before has left for this one.
#include "compare/earlier.h"

#include "analysis/analyse.h"
#include "fuzz.h"
#include "program/program.h"
#include "snapshot/snapshot.h"
#include "unit/snapshot/snapshot_writer.h"

using namespace gordian;

namespace {

Snapshot ring() {
  const test::MemoryFile file(test::ring_of_three().bytes());
  return read_snapshot(file.path());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Snapshot snapshot = ring();
  static const Families families;
  static Program program(snapshot, families);
  static const Findings findings = analyse(snapshot, program.types());
  fuzz::ask([&] {
    Findings compared = findings;
    const std::string next =
        compare_with_earlier(compared, snapshot, std::string(fuzz::as_text(data, size)), "earlier");
    has_grown(compared);
    compared = findings;
    compare_with_earlier(compared, snapshot, "1 2\n" + next, "next");  // what is handed on is taken
  });
  return 0;
}
