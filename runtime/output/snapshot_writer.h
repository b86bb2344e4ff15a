// snapshot_writer.h - writes a recording as a snapshot (snapshot_format.h).
#pragma once

#include "process/modules.h"
#include "scan/census.h"
#include "scan/recording.h"

namespace gordian::rt {

struct SnapshotContents {
  const ModuleMap& modules;
  Classes& classes;
  Heap& heap;
  Objects& objects;
  const Recording& recording;
  const PageArray<CensusEntry>& census;
  std::int32_t exit_status;         // or snapshot::kNoExitStatus
  std::uint32_t check;              // which of the process's; 0: one of a scope's
  std::uint64_t owned_objects;
  std::uint64_t unanswered_threads;
  std::uint64_t unreadable_roots;
  bool whole_heap;
  std::uint64_t asked;  // see SnapshotHeader
  const PageArray<snapshot::CallRow>& calls;
};

// Writes to `fd`, a seekable file. Returns 0 or the errno. Takes no lock but that of the reasons; the memory of
// the program is not read, except for names of mapped modules.
int write_snapshot(int fd, SnapshotContents contents) noexcept;

}  // namespace gordian::rt
