// snapshot.cpp - any bytes as a snapshot: read, and all that was read looked at.
#include "snapshot/snapshot.h"

#include "fuzz.h"
#include "unit/snapshot/snapshot_writer.h"

using namespace gordian;

namespace {

// Every index that a row has must be one that somebody can follow.
void follow(const Snapshot& snapshot) {
  for (std::uint32_t row = 0; row < snapshot.stacks.size(); ++row) {
    for (const std::uint64_t address : snapshot.stack(row)) snapshot.call_at(address);
  }
  for (const snapshot::BlockRow& block : snapshot.blocks) {
    fuzz::require(block.stack < snapshot.stacks.size());
    fuzz::require(block.vtable == snapshot::kNone || block.vtable < snapshot.vtables.size());
    fuzz::require(block.object == snapshot::kNone || block.object < snapshot.objects.size());
  }
  for (const snapshot::ObjectRow& object : snapshot.objects) {
    fuzz::require(object.control_block < snapshot.blocks.size());
    fuzz::require(object.managed_block == snapshot::kNone || object.managed_block < snapshot.blocks.size());
    fuzz::require(object.stack < snapshot.stacks.size());
    fuzz::require(object.first_slot <= snapshot.slots.size() &&
                  object.slot_count <= snapshot.slots.size() - object.first_slot);
  }
  for (const snapshot::SlotRow& slot : snapshot.slots) {
    fuzz::require(slot.object < snapshot.objects.size() && slot.stack < snapshot.stacks.size());
    fuzz::require(slot.block == snapshot::kNone || slot.block < snapshot.blocks.size());
  }
  for (const snapshot::CensusRow& row : snapshot.census) fuzz::require(row.stack < snapshot.stacks.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static test::MemoryFile file(std::span<const std::byte>{});
  file.replace(fuzz::as_bytes(data, size));
  fuzz::ask([] { follow(read_snapshot(file.path())); });
  return 0;
}
