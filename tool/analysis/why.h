// why.h - why an object is alive: who holds it, and the way there from where it starts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/findings.h"
#include "analysis/root_blocks.h"

namespace gordian {

// What holds what stands before it.
struct Holding {
  std::string path;     // Worker::session, or registry.by_name[key]
  bool certain = true;  // a strong reference, or a pointer of memory that is no object; else it may be one
  std::optional<FoundObject> object{};  // that it lies in; none: in a root, or in memory of which nothing is known
  std::optional<RootBlock> root{};
};

enum class WayEnd {
  root,     // the last holding lies in one
  owned,    // somebody owns that, who cannot be named: a pthread key's value, a fibre
  cycle,    // only a cycle keeps it alive
  itself,   // what was asked about holds it itself
  unknown,  // nobody that was found
};

// One strong reference to the object, and who holds what it lies in, up to the end.
struct Holder {
  std::vector<Holding> way;  // the object's own holder first
  std::uint64_t omitted = 0;  // holdings left out before the last two
  WayEnd end = WayEnd::root;
  std::string cycle;  // the finding's id, where that is the end
};

struct Alive {
  FoundObject object;
  bool counted = true;          // it has a use_count
  std::string cycle;            // id of the cycle that it is in; "" for none
  std::vector<Holder> holders;  // those from roots first
  std::uint64_t more = 0;       // holders that are left out
  std::uint64_t not_found = 0;  // strong references that its count knows of, and that lie nowhere
};

// What is asked: all objects of a type, by its name with or without scopes; or what lies at an address.
struct Question {
  std::string type;
  std::uint64_t address = 0;  // where `type` is ""
};

struct Answer {
  std::vector<Alive> objects;
  std::uint64_t more = 0;  // objects that are left out
};

// `rooted` must be of the snapshot that the question is about.
Answer why_alive(const RootedSnapshot& rooted, TypeModel& types, const Question& question);

}  // namespace gordian
