// snapshot.h - a snapshot in memory, as the rest of the tool sees it.
//
// Every index and string of a Snapshot is valid: read_snapshot() has checked them,
// so nobody after it needs to. A Snapshot can also be put together by hand (tests do).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/snapshot_format.h"
#include "snapshot/row_vector.h"

namespace gordian {

struct Module {
  std::uint64_t bias = 0;  // load address minus link address
  std::uint64_t low = 0;   // [low, high): where it was mapped
  std::uint64_t high = 0;
  std::string path;
  std::string build_id;  // lower-case hex; empty where there is none
};

struct Vtable {
  std::uint64_t address = 0;             // what the vptr holds
  std::vector<std::uint64_t> functions;  // its first virtual functions, 0 where unknown
  std::string mangled_name;              // of its type_info; empty without RTTI
};

// Why a block that is meant to stay is so.
struct MeantBlock {
  std::uint64_t block = 0;  // its address
  std::string reason;       // "": none is given
};

struct Snapshot {
  std::string program;
  std::vector<std::string> arguments;
  std::string leak_suppressions;  // what the program's __lsan_default_suppressions() returns
  std::uint32_t pid = 0;
  std::uint32_t check = 0;  // which of the process: 1 for the first
  std::optional<int> exit_status;
  bool shim = false;
  std::uint64_t live_blocks = 0;
  std::uint64_t live_objects = 0;
  std::uint64_t owned_objects = 0;
  bool whole_heap = false;  // with what is surely owned
  std::uint64_t asked = 0;  // the address that the program asks about; 0: none

  std::vector<Module> modules;  // by low address
  RowVector<std::uint64_t> frames;
  RowVector<snapshot::StackRow> stacks;
  std::vector<Vtable> vtables;
  RowVector<snapshot::BlockRow> blocks;      // by address, disjoint
  RowVector<snapshot::ObjectRow> objects;    // by control address
  RowVector<snapshot::SlotRow> slots;        // grouped by object
  RowVector<snapshot::PointerRow> pointers;  // by address
  RowVector<snapshot::CountRow> counts;      // by address
  RowVector<snapshot::RootWordRow> root_words;
  RowVector<snapshot::CallRow> calls;  // of the checking thread, innermost first
  std::vector<MeantBlock> reasons;  // of several for one block the last counts
  RowVector<snapshot::NoteRow> notes;
  RowVector<snapshot::CensusRow> census;  // none unless it was asked for (growth=1)

  // The return addresses of stack `row`, innermost first; empty for row 0.
  std::span<const std::uint64_t> stack(std::uint32_t row) const {
    const auto& s = stacks[row];
    return std::span(frames).subspan(s.first, s.count);
  }

  // A call of the checking thread, with its part of the stack: [low, high).
  struct Call {
    std::uint64_t pc = 0;  // return address into the function
    std::uint64_t low = 0;
    std::uint64_t high = 0;
  };
  // The one whose part `address` lies in; none where it is another thread's.
  std::optional<Call> call_at(std::uint64_t address) const {
    for (std::size_t i = 0; i + 1 < calls.size(); ++i) {
      if (address >= calls[i].sp && address < calls[i + 1].sp)
        return Call{calls[i].pc, calls[i].sp, calls[i + 1].sp};
    }
    return std::nullopt;
  }
};

// Reads and checks the file at `path`. Throws Error that names the file, the byte
// and the section when it is not a whole, consistent snapshot of this version.
Snapshot read_snapshot(const std::filesystem::path& path);

}  // namespace gordian
