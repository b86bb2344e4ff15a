// root_blocks.h - a snapshot whose roots are blocks, too: each variable, and each word of a root that is in none.
//
// To say who holds an object, the way to it must have a name from its very start: `registry.by_name[key]`. So what lies
// in a root is made a word of a block like any other, whose type is that of the variable. Such blocks are
// never in a file, and no verdict is made of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/findings.h"
#include "program/frames/frames.h"
#include "program/types/type_model.h"
#include "snapshot/snapshot.h"

namespace gordian {

// BlockRow::flags of a block that is a root.
inline constexpr std::uint32_t kRootBlock = 1u << 31;

struct RootBlock {
  std::uint64_t address = 0;  // of its block
  snapshot::Place place = snapshot::Place::static_data;
  std::string name;      // of the variable; "" when not known
  std::string function;  // whose call it is part of; "" for other roots, and when not known
  std::optional<SourcePosition> declared;  // the variable's
};

struct RootedSnapshot {
  Snapshot snapshot;
  std::vector<RootBlock> roots;  // by address

  // Of the block that starts there; null where it is none of a root.
  const RootBlock* root_at(std::uint64_t address) const;
};

RootedSnapshot with_root_blocks(const Snapshot& snapshot, TypeModel& types, FrameResolver& frames);

}  // namespace gordian
