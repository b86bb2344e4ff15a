// unloading.cpp - see unloading.h.
#include "scan/unloading.h"

#include <link.h>
#include <string.h>

#include <atomic>

#include "base/fork_wait.h"
#include "base/spin_lock.h"
#include "machine/thread_area.h"
#include "process/absent_pages.h"
#include "process/unloaded_modules.h"
#include "scan/heap.h"
#include "scan/live_reader.h"
#include "tables/live.h"
#include "tables/stack_depot.h"

namespace gordian::rt {
namespace {

// Held for as long as live memory is read: one thread at a time has the loader wait for it. Its holder runs no
// handler of the program's (hooks/dlclose.cpp).
constinit SpinLock g_unloading;
class UnloadingGuard {
 public:
  UnloadingGuard() noexcept : locked_(g_unloading.lock_unless(waited_enough_for_fork)) {}
  ~UnloadingGuard() {
    if (locked_) g_unloading.unlock();
  }
  UnloadingGuard(const UnloadingGuard&) = delete;
  UnloadingGuard& operator=(const UnloadingGuard&) = delete;

  bool is_locked() const noexcept { return locked_; }

 private:
  const bool locked_;
};

bool lies_in(const Module& module, Address at) noexcept {
  return at >= module.low && at < module.high;
}

}  // namespace

bool try_lock_unloading() noexcept { return g_unloading.try_lock(); }
void unlock_unloading() noexcept { g_unloading.unlock(); }

bool Unloading::note_what_may_go() noexcept {
  UnloadingGuard guard;
  if (!guard.is_locked()) return false;
  bool noted = false;
  while_modules_stay([&] { noted = note(); });
  return noted;
}

void Unloading::keep_what_went() noexcept {
  UnloadingGuard guard;
  if (guard.is_locked()) while_modules_stay([this] { keep(); });
}

bool Unloading::note() noexcept {
  last_before_ = unloaded_modules();
  if (!modules_.read() || !list_candidates()) return false;
  LiveReader live;
  all_seen_ = !has_userfaultfd() && live.for_each_word([this](std::uint64_t word) {
    if (word < lowest_ || word >= highest_ || candidate_at(word) == nullptr) return;
    if (classes_.find(word) == kNoIndex) classes_.find_table(word);
  });
  all_seen_ = all_seen_ && !classes_.failed();
  // Room for the second look. Until the places of those that went are taken, nothing may be mapped.
  return copy_texts() && stack_in_use_.resize(stack_id_limit() + 1);
}

bool Unloading::list_candidates() noexcept {
  lowest_ = ~Address{0};
  for (const Module& m : modules_.modules()) {
    if (!m.may_go || m.own || m.unloaded) continue;
    candidates_.push({m, false, false, false, false});
    if (m.low < lowest_) lowest_ = m.low;
    if (m.high > highest_) highest_ = m.high;
  }
  return !candidates_.empty() && !candidates_.failed();
}

Unloading::Candidate* Unloading::candidate_at(Address at) noexcept {
  const std::size_t begun = count_before(candidates_, [at](const Candidate& candidate) { return candidate.module.low <= at; });
  return begun != 0 && lies_in(candidates_[begun - 1].module, at) ? &candidates_[begun - 1] : nullptr;
}

// What lies in the memory of the modules, and is wanted when that is gone.
bool Unloading::copy_texts() noexcept {
  std::size_t size = 0;
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const ClassInfo& info = classes_[static_cast<std::uint32_t>(i)];
    if (info.name != nullptr) size += strlen(info.name) + 1;
  }
  for (const Candidate& c : candidates_) size += c.module.build_id_size;
  if (!texts_.resize(size)) return false;
  char* at = texts_.data();
  const auto copy = [&at](const void* from, std::size_t bytes) {
    char* to = at;
    memcpy(to, from, bytes);
    at += bytes;
    return to;
  };
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    ClassInfo& info = classes_[static_cast<std::uint32_t>(i)];
    if (info.name != nullptr) info.name = copy(info.name, strlen(info.name) + 1);
  }
  for (Candidate& c : candidates_) {
    const void* bytes = reinterpret_cast<const void*>(c.module.build_id);
    if (c.module.build_id != 0)
      c.module.build_id = reinterpret_cast<Address>(copy(bytes, c.module.build_id_size));
  }
  return true;
}

void Unloading::keep() noexcept {
  if (!find_gone()) return;
  for (Candidate& c : candidates_) {
    if (c.gone) c.held = hold_addresses(c.module.low, c.module.high);
  }
  find_what_is_left();
  for (Candidate& c : candidates_) {
    if (c.gone) settle(c);
  }
}

// False when none is. Maps nothing: that might take a place that is to be held.
bool Unloading::find_gone() noexcept {
  for (Candidate& c : candidates_) c.gone = true;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* self) {
        auto& unloading = *static_cast<Unloading*>(self);
        for (Candidate& c : unloading.candidates_) {
          if (c.module.bias != info->dlpi_addr || info->dlpi_name == nullptr) continue;
          if (strcmp(unloading.modules_.name(c.module), info->dlpi_name) == 0) c.gone = false;
        }
        return 0;
      },
      this);
  bool any = false;
  for (Candidate& c : candidates_) {
    if (c.gone && settled_meanwhile(c)) c.gone = false;
    any = any || c.gone;
  }
  return any;
}

// Of two threads in dlclose() both see what either has unloaded.
bool Unloading::settled_meanwhile(const Candidate& candidate) const noexcept {
  for (const UnloadedModule* m = unloaded_modules(); m != last_before_; m = m->next) {
    if (m->was_at == candidate.module.low) return true;
  }
  return false;
}

// The library's destructors have run: look again. The loader's own blocks tell where a library began and
// where its unwind table was, also when it is gone: such words are not the program's.
void Unloading::find_what_is_left() noexcept {
  LiveReader live;
  const bool all_seen = !has_userfaultfd() && live.for_each_word([this](std::uint64_t word) {
    if (word < lowest_ || word >= highest_) return;
    Candidate* c = candidate_at(word);
    if (c != nullptr && word != c->module.low && word != c->module.unwind_table) c->words = true;
  });
  all_seen_ = all_seen_ && all_seen;
  stack_in_use_.resize(stack_id_limit());
  const auto use = [this](StackId stack) {
    const auto id = static_cast<std::uint32_t>(stack);
    if (id < stack_in_use_.size()) stack_in_use_[id] = 1;
  };
  const auto use_handle = [&use](Address, std::uint32_t entry) { use(packed_stack(entry)); };
  for_each_block([&use](Address, std::uint32_t, std::uint32_t entry) { use(packed_stack(entry)); });
  for_each_object_entry([&use](Address, StackId stack, std::uint32_t) { use(stack); });
  g_live.weak.for_each(use_handle);
  g_live.strong.for_each(use_handle);
  for_each_stack_in_use([this](StackId, StackFrames stack) {
    for (std::uint32_t i = 0; i < stack.count; ++i) {
      if (Candidate* c = candidate_at(stack.frames[i] - 1); c != nullptr) c->stacks = true;
    }
  });
}

template <class Visit>
void Unloading::for_each_stack_in_use(Visit&& visit) noexcept {
  for (std::uint32_t id = 1; id < stack_in_use_.size(); ++id) {
    if (stack_in_use_[id] != 0) visit(static_cast<StackId>(id), get_stack(static_cast<StackId>(id)));
  }
}

void Unloading::settle(Candidate& candidate) noexcept {
  const Module& m = candidate.module;
  UnloadedModule row{};
  row.bias = m.bias;
  row.low = m.low;
  row.high = m.high;
  row.was_at = m.low;
  row.fate = candidate.held ? UnloadedFate::held : UnloadedFate::lost;
  if (candidate.held && (candidate.words || !all_seen_) && add_row(candidate, row)) {
    if (!all_seen_) count_forgotten_module();
    return;
  }
  if (candidate.held) release_addresses(m.low, m.high);
  if (candidate.stacks) move_stacks_of(candidate);
  if (!candidate.words) return;
  row.fate = UnloadedFate::lost;
  add_row(candidate, row);
  count_forgotten_module();
}

void Unloading::move_stacks_of(const Candidate& candidate) noexcept {
  const Module& m = candidate.module;
  UnloadedModule row{};
  row.low = place_for_moved(m.high - m.low);
  const Address by = row.low - m.low;
  row.high = m.high + by;
  row.bias = m.bias + by;
  row.was_at = m.low;
  row.fate = UnloadedFate::moved;
  // Also where no row can be added: frames without a module are better than those of another.
  for_each_stack_in_use([&](StackId id, StackFrames) { move_frames(id, m.low, m.high, by); });
  add_row(candidate, row);
}

// Makes `row` last: with its path, its build id and, where they can still be told, its classes.
bool Unloading::add_row(const Candidate& candidate, UnloadedModule row) noexcept {
  const Module& m = candidate.module;
  row.path = lasting_copy(modules_.name(m));
  if (row.path == nullptr) return false;
  if (void* id = m.build_id_size != 0 ? lasting_memory(m.build_id_size) : nullptr; id != nullptr) {
    row.build_id =
        reinterpret_cast<Address>(memcpy(id, reinterpret_cast<const void*>(m.build_id), m.build_id_size));
    row.build_id_size = m.build_id_size;
  }
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < classes_.size(); ++i) count += lies_in(m, classes_[i].vtable) ? 1u : 0u;
  if (count != 0 && row.fate == UnloadedFate::held) {
    auto* classes = static_cast<ClassInfo*>(lasting_memory(count * sizeof(ClassInfo)));
    if (classes == nullptr) return false;
    row.classes = classes;
    for (std::uint32_t i = 0; i < classes_.size(); ++i) {
      if (!lies_in(m, classes_[i].vtable)) continue;
      ClassInfo& kept = classes[row.class_count++];
      kept = classes_[i];
      kept.row = kNoIndex;
      if (kept.name != nullptr && (kept.name = lasting_copy(kept.name)) == nullptr) return false;
    }
  }
  return add_unloaded_module(row);
}

}  // namespace gordian::rt
