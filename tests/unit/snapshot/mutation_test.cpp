// mutation_test.cpp - damages every byte of a valid snapshot, with a right checksum.
//
// The reader must refuse or accept, and do nothing else: run under
// GORDIAN_SANITIZE=address,undefined this finds what a crash alone does not show.
#include <algorithm>

#include "base/error.h"
#include "catch.h"
#include "snapshot/snapshot.h"
#include "snapshot/snapshot_writer.h"

using namespace gordian;
using namespace gordian::test;

namespace {

// Reads `bytes` and touches everything a reader of the result could touch.
// Returns whether the snapshot was accepted.
bool survives(MemoryFile& file, std::span<const std::byte> bytes) {
  file.replace(bytes);
  try {
    const Snapshot read = read_snapshot(file.path());
    std::size_t sum = 0;
    for (std::uint32_t row = 0; row < read.stacks.size(); ++row) {
      for (const auto address : read.stack(row)) sum += address;
    }
    for (const auto& object : read.objects) {
      sum += read.blocks.at(object.control_block).size;
      for (std::uint32_t i = 0; i < object.slot_count; ++i)
        sum += read.slots.at(object.first_slot + i).address;
      if (object.vtable != snapshot::kNone) sum += read.vtables.at(object.vtable).address;
    }
    return sum != 0;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("no change of a single byte makes the reader do more than refuse") {
  const auto original = ring_of_three().bytes();
  MemoryFile file(original);
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < original.size(); ++at) {
    for (const unsigned flip : {0x01u, 0x02u, 0x04u, 0x08u, 0x10u, 0x20u, 0x40u, 0x80u, 0xffu}) {
      auto bytes = original;
      bytes[at] ^= static_cast<std::byte>(flip);
      seal(bytes);
      if (survives(file, bytes)) ++accepted;
    }
  }
  CHECK(accepted > 0);  // an address that nothing depends on, for one
}

TEST_CASE("no length of the file makes the reader do more than refuse") {
  const auto original = ring_of_three().bytes();
  MemoryFile file(original);
  for (std::size_t length = 0; length < original.size(); ++length) {
    auto bytes = original;
    bytes.resize(length);
    CHECK_FALSE(survives(file, bytes));
    if (length < sizeof(snapshot::SnapshotHeader)) continue;
    const std::uint64_t size = length;  // now with a header that agrees
    std::copy_n(reinterpret_cast<const std::byte*>(&size), sizeof size,
                bytes.begin() + offsetof(snapshot::SnapshotHeader, file_size));
    seal(bytes);
    survives(file, bytes);
  }
}

TEST_CASE("no extreme value of a 32-bit word makes the reader do more than refuse") {
  const auto original = ring_of_three().bytes();
  MemoryFile file(original);
  for (std::size_t at = 0; at + 4 <= original.size(); at += 4) {
    for (const std::uint32_t value : {0u, 1u, 0x7fffffffu, 0x80000000u, 0xfffffffeu, 0xffffffffu}) {
      auto bytes = original;
      std::copy_n(reinterpret_cast<const std::byte*>(&value), sizeof value,
                  bytes.begin() + static_cast<std::ptrdiff_t>(at));
      seal(bytes);
      survives(file, bytes);
    }
  }
}
