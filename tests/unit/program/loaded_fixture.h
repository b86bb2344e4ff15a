// loaded_fixture.h - a fixture library in this process, with the Snapshot that the runtime would write of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "program/program.h"
#include "snapshot/snapshot.h"

namespace gordian {

class LoadedFixture {
 public:
  // Loads the library at `path` for good. Fails the test when that does not work.
  explicit LoadedFixture(const std::string& path);

  // Indexes in snapshot().vtables of the control block or object of that name.
  std::uint32_t control(const std::string& name);
  std::uint32_t object(const std::string& name);
  std::uint64_t offset(const std::string& member) const;
  std::uint64_t frame(const std::string& name) const;
  std::uint64_t variable(const std::string& name) const;

  std::uint64_t counted_offset(const std::string& member) const;  // as fixture_counted_offset()
  // Return addresses of who "allocated" or "announced" the object, innermost first.
  std::vector<std::uint64_t> made(const std::string& name, const std::string& how) const;

  // To be changed, if at all, before types() or frames() is first used.
  Families& families() { return families_; }
  Snapshot& snapshot() { return snapshot_; }
  Module& module();  // of the library itself

  // Made of the snapshot when first asked for: vtables come before.
  Program& program();
  TypeModel& types() { return program().types(); }

 private:
  std::uint32_t add_vtable(const void* object);

  std::string path_;
  void* library_ = nullptr;
  Snapshot snapshot_;
  Families families_;
  std::unique_ptr<Program> program_;
};

// The modules of this process.
std::vector<Module> modules_of_this_process();

// The builds of the fixture that have full debug info, for GENERATE: "g++ -O0" and so on.
std::vector<std::string> fixture_builds();
std::string fixture_path(const std::string& build);  // also of "stripped", "no rtti"

// The line of `file` in the fixture's folder that has `// MARK mark`.
int marked_line(const std::string& file, const std::string& mark);

}  // namespace gordian
