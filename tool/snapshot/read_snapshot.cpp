// read_snapshot.cpp - read_snapshot(): load, check, and put names in the place of string offsets.
#include <string>
#include <utility>

#include "snapshot/snapshot.h"
#include "snapshot/tables.h"

namespace gordian {
namespace {

// Copies strings out of a checked strings table. Rows may share a string, so a small
// file could ask for very much memory: the copies are bounded by its size.
class Names {
 public:
  Names(const SnapshotFile& file, const RowVector<char>& strings)
      : file_(file), strings_(strings), allowance_(kAlways + 16 * std::uint64_t{strings.size()}) {}

  std::string at(std::uint32_t offset) {
    if (offset == 0) return {};
    std::string name(&strings_[offset]);
    if (name.size() > allowance_) {
      throw file_.fault(offset, "names repeat beyond all measure", kDamaged);
    }
    allowance_ -= name.size();
    return name;
  }

 private:
  static constexpr std::uint64_t kAlways = 1u << 20;
  const SnapshotFile& file_;
  const RowVector<char>& strings_;
  std::uint64_t allowance_;
};

Module to_module(const snapshot::ModuleRow& row, Names& names) {
  return {row.bias, row.low, row.high, names.at(row.path), names.at(row.build_id)};
}

Vtable to_vtable(const snapshot::VtableRow& row, Names& names) {
  return {row.address, {std::begin(row.functions), std::end(row.functions)}, names.at(row.name)};
}

Snapshot to_snapshot(Tables tables, Names names) {
  const auto& header = tables.header;
  Snapshot result;
  result.program = names.at(header.program);
  result.leak_suppressions = names.at(header.leak_suppressions);
  for (const auto argument : tables.arguments) result.arguments.push_back(names.at(argument));
  result.pid = header.pid;
  result.check = header.check;
  if (header.exit_status != snapshot::kNoExitStatus) result.exit_status = header.exit_status;
  result.shim = (header.flags & snapshot::kFlagShim) != 0;
  result.live_blocks = header.live_blocks;
  result.live_objects = header.live_objects;
  result.owned_objects = header.owned_objects;
  result.whole_heap = (header.flags & snapshot::kFlagWholeHeap) != 0;
  result.asked = header.asked;
  for (const auto& row : tables.modules) result.modules.push_back(to_module(row, names));
  for (const auto& row : tables.vtables) result.vtables.push_back(to_vtable(row, names));
  if (tables.stacks.empty()) tables.stacks.push_back({});  // stack 0 always exists
  result.frames = std::move(tables.frames);
  result.stacks = std::move(tables.stacks);
  result.blocks = std::move(tables.blocks);
  result.objects = std::move(tables.objects);
  result.slots = std::move(tables.slots);
  result.pointers = std::move(tables.pointers);
  result.counts = std::move(tables.counts);
  result.root_words = std::move(tables.root_words);
  result.calls = std::move(tables.calls);
  for (const auto& row : tables.reasons) result.reasons.push_back({row.block, names.at(row.reason)});
  result.notes = std::move(tables.notes);
  result.census = std::move(tables.census);
  return result;
}

}  // namespace

Snapshot read_snapshot(const std::filesystem::path& path) {
  const SnapshotFile file(path);
  Tables tables = load_tables(file);
  check_tables(file, tables);
  const RowVector<char> strings = std::move(tables.strings);
  return to_snapshot(std::move(tables), Names(file, strings));
}

}  // namespace gordian
