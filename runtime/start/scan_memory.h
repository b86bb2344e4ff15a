// scan_memory.h - the part of a check that looks at the program's memory, while its other threads are paused.
#pragma once

#include "process/modules.h"
#include "process/threads.h"
#include "scan/census.h"
#include "scan/classes.h"
#include "scan/heap.h"
#include "scan/objects.h"
#include "scan/recording.h"
#include "scan/roots.h"
#include "scan/workers.h"

namespace gordian::rt {

// Everything a check knows, in its own pages; gone when it ends.
struct Scan {
  ModuleMap modules;
  PausedThreads threads;
  Heap heap;
  Classes classes{modules};
  Objects objects{heap, classes};
  Roots roots;
  Recording recording;
  PageArray<snapshot::CallRow> calls;  // of the calling thread; for the whole heap only
  PageArray<CensusEntry> census;  // empty unless it was asked for
  Workers workers;
};

struct ScanResult {
  enum Kind { done, out_of_memory, fault, hidden_stacks, fork_waits } kind;
  Address unreadable;  // of a fault
};

struct ScanRequest {
  HeapPart part;
  bool from_main = false;   // of the calling thread's stack counts what main() and who called it have, instead of what the caller has
  bool whole_heap = false;  // what is owned is recorded, too
  bool last = false;        // the process ends: see PausedThreads::hold_to_end()
  Readable* readable = nullptr;            // what earlier tries ran into
  PageArray<char>* environment = nullptr;  // takes a copy; see output/tool_environment.h
};

// Around fork(), which does not begin while memory is looked at: it would come with all locks but one that the checking thread has,
// and that one for a lock of ours. Nobody else waits for this one.
bool try_lock_scan() noexcept;
void unlock_scan() noexcept;

// Finds what is owned, and records what of the part is not.
ScanResult scan_memory(Scan& scan, const ScanRequest& request) noexcept;

// Whether what was made in scopes of `level` or deeper is seen to be held without a look at all else (scan/held.h).
// False where that cannot be told so.
bool scope_is_held(unsigned level) noexcept;

}  // namespace gordian::rt
