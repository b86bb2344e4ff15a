// unloading.h - what dlclose() takes away, noted before and settled after.
//
// With a library go its virtual tables, the names of its types and its code, and objects it made
// would not be recognised any more. Which libraries go, nobody says beforehand. So all that
// dlopen() brought may go: before, the classes that words of live blocks point to there are
// copied; after, the libraries that are really gone and that something alive still knows get a row
// (unloaded_modules.h). The library itself is unloaded as without us.
//
// What is not seen: libraries unloaded by other ways than dlclose() (a dlopen() that fails, libc's
// own for NSS and iconv), those in namespaces of dlmopen(), objects of classes that
// the library's own destructors use for the first time.
//
// Cost: two passes over live memory for a dlclose() that unloads, one for one that does not,
// none where dlopen() has brought nothing.
//
// Context: both calls with the caller inside the runtime (inside.h), the real dlclose() between them
// outside of it. They hold the loader's lock, so no module comes or goes meanwhile, and call
// nothing of the loader's that would touch dlerror().
#pragma once

#include "process/modules.h"
#include "scan/classes.h"

namespace gordian::rt {

struct UnloadedModule;

class Unloading {
 public:
  // False when nothing can go, or a fork() waits for what this thread has: keep_what_went() need not be called.
  bool note_what_may_go() noexcept;
  void keep_what_went() noexcept;

 private:
  struct Candidate {
    Module module;
    bool gone;
    bool held;    // its addresses are reserved
    bool words;   // of live blocks point there
    bool stacks;  // of live blocks, objects or handles lead through it
  };

  bool note() noexcept;
  bool list_candidates() noexcept;
  bool copy_texts() noexcept;
  void keep() noexcept;
  bool find_gone() noexcept;
  bool settled_meanwhile(const Candidate& candidate) const noexcept;
  void find_what_is_left() noexcept;
  void settle(Candidate& candidate) noexcept;
  void move_stacks_of(const Candidate& candidate) noexcept;
  bool add_row(const Candidate& candidate, UnloadedModule row) noexcept;
  Candidate* candidate_at(Address at) noexcept;
  template <class Visit>
  void for_each_stack_in_use(Visit&& visit) noexcept;

  ModuleMap modules_;
  Classes classes_{modules_};
  PageArray<Candidate> candidates_;       // by low address
  PageArray<char> texts_;                 // names of classes, build ids
  PageArray<std::uint8_t> stack_in_use_;  // by StackId
  const UnloadedModule* last_before_ = nullptr;
  Address lowest_ = 0;  // of all candidates
  Address highest_ = 0;
  bool all_seen_ = false;  // every live word was looked at
};

// Around fork(): no thread holds the loader's lock for us while the process is copied. The child's
// check would wait for it for ever.
bool try_lock_unloading() noexcept;
void unlock_unloading() noexcept;

}  // namespace gordian::rt
