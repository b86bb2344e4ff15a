// judged.cpp - any bytes as a snapshot, on the whole way: read, judged, compared with the check before,
// explained, and told in a format.
//
// Which of the formats it is the process id in the snapshot says: all of them take as long as all else
// together.
#include "analysis/analyse.h"
#include "analysis/why.h"
#include "compare/earlier.h"
#include "fuzz.h"
#include "program/frames/plumbing.h"
#include "program/program.h"
#include "report/formats.h"
#include "report/notes.h"
#include "report/why_report.h"
#include "snapshot/snapshot.h"
#include "unit/snapshot/snapshot_writer.h"

using namespace gordian;

namespace {

std::optional<std::string> no_source(const std::string&, int) {
  return std::nullopt;
}

void tell(const Snapshot& snapshot) {
  static const Families families;
  Program program(snapshot, families);
  Findings findings = analyse(snapshot, program.types());
  fuzz::ask([&] { compare_with_earlier(findings, snapshot, "1 2\n", "earlier"); });
  const CodeNames code{program.frames(), is_plumbing, no_source};
  const Report report{snapshot, findings, code,
                      [&] { return all_notes(snapshot, findings, program.notes()); },
                      [](const Finding&) { return true; }};
  const auto formats = report_formats();
  const std::size_t format = snapshot.pid % (formats.size() + 1);
  if (format < formats.size()) {
    formats[format].render(report, Look{});
    return;
  }
  const RootedSnapshot rooted = with_root_blocks(snapshot, program.types(), program.frames());
  for (const Question& question : {Question{"", snapshot.asked}, Question{"Obj", 0}})
    why_report(why_alive(rooted, program.types(), question), question, report, Look{});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static test::MemoryFile file(std::span<const std::byte>{});
  file.replace(fuzz::as_bytes(data, size));
  fuzz::ask([] { tell(read_snapshot(file.path())); });
  return 0;
}
