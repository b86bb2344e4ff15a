// modules.cpp - see modules.h.
#include "process/modules.h"

#include <link.h>
#include <string.h>
#include <unistd.h>

#include "base/fork_wait.h"
#include "base/kernel.h"
#include "base/spin_lock.h"
#include "base/starts_with.h"
#include "process/emulator.h"
#include "process/own_module.h"
#include "process/unloaded_modules.h"

namespace gordian::rt {
namespace {
// The loader lists what dlopen() brings behind what the program started with.
constinit std::size_t g_modules_that_stay = 0;

constinit SpinLock g_list;
constinit unsigned g_list_depth = 0;  // the holder's alone
}  // namespace

// Again by who holds it: the modules are read while they stay, and a signal handler may fork().
bool try_lock_module_list() noexcept {
  if (!g_list.is_mine() && !g_list.try_lock()) return false;
  ++g_list_depth;
  return true;
}
bool lock_module_list() noexcept {
  while (!try_lock_module_list()) {
    if (waited_long_for_fork()) return false;
    kernel::sched_yield();
  }
  return true;
}
void unlock_module_list() noexcept {
  if (--g_list_depth != 0) return;
  forget_module_list();
}
void forget_module_list() noexcept {
  g_list_depth = 0;
  g_list.unlock();
}

struct ModuleReader {
  ModuleMap& map;
  std::size_t listed = 0;
  std::size_t mapped_segments = 0;  // the first ones, until they are sorted

  std::uint32_t add_name(const char* name) noexcept {
    const auto offset = static_cast<std::uint32_t>(map.names_.size());
    const std::size_t size = strlen(name) + 1;
    if (map.names_.resize(offset + size)) memcpy(map.names_.data() + offset, name, size);
    return offset;
  }

  // A program that is built anew while it runs has a file no more, and the kernel says so behind its name. Without a build id that is
  // all that tells the file that ran from the one that is at its place by then.
  static void drop_deleted(char* path) noexcept {
    constexpr char kDeleted[] = " (deleted)";
    const std::size_t size = strlen(path);
    const std::size_t more = sizeof kDeleted - 1;
    if (size <= more || strcmp(path + size - more, kDeleted) != 0 || kernel::access(path, F_OK) == 0) return;
    path[size - more] = '\0';
  }

  std::uint32_t add_executable_name() noexcept {
    char path[4096];
    const ssize_t n = kernel::readlink(kExecutable.path(), path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    return add_name(path);
  }

  static bool is_allocator(const char* path) noexcept {
    const char* base = strrchr(path, '/');
    base = base != nullptr ? base + 1 : path;
    return starts_with(base, "libc.so") || starts_with(base, "ld-linux");
  }

  // Copied: the module may be gone when it is asked for. `build_id` is an offset in the names until all are there.
  void find_build_id(Module& module, const ElfW(Phdr) & header) noexcept {
    constexpr std::uint32_t kGnuBuildId = 3;
    Address at = module.bias + header.p_vaddr;
    const Address end = at + header.p_memsz;
    while (at + sizeof(ElfW(Nhdr)) <= end) {
      ElfW(Nhdr) note;
      memcpy(&note, reinterpret_cast<const void*>(at), sizeof note);
      const Address name = at + sizeof note;
      const Address description = name + ((note.n_namesz + 3) & ~3u);
      const Address next = description + ((note.n_descsz + 3) & ~3u);
      if (next > end || next <= at) return;
      if (note.n_type == kGnuBuildId && note.n_namesz == 4 && memcmp(reinterpret_cast<const void*>(name), "GNU", 4) == 0) {
        const std::size_t offset = map.names_.size();
        if (!map.names_.resize(offset + note.n_descsz)) return;
        memcpy(map.names_.data() + offset, reinterpret_cast<const void*>(description), note.n_descsz);
        module.build_id = offset;
        module.build_id_size = note.n_descsz;
        return;
      }
      at = next;
    }
  }

  void place_build_ids() noexcept {
    for (Module& m : map.modules_) {
      if (!m.unloaded && m.build_id_size != 0) m.build_id += reinterpret_cast<Address>(map.names_.data());
    }
  }

  void add(const dl_phdr_info& info) noexcept {
    map.unloads_ = info.dlpi_subs;
    const bool executable = info.dlpi_name == nullptr || info.dlpi_name[0] == '\0';
    Module module{};
    module.bias = info.dlpi_addr;
    module.path = executable && map.modules_.empty() ? add_executable_name() : add_name(info.dlpi_name);
    module.tls_id = info.dlpi_tls_modid;
    module.may_go = listed++ >= g_modules_that_stay;
    module.allocator = is_allocator(map.names_.data() + module.path);
    module.low = ~Address{0};
    for (unsigned i = 0; i < info.dlpi_phnum; ++i) {
      const auto& header = info.dlpi_phdr[i];
      if (header.p_type == PT_LOAD && module.bias + header.p_vaddr <= own_base() &&
          own_base() < module.bias + header.p_vaddr + header.p_memsz) {
        module.own = true;
      }
    }
    for (unsigned i = 0; i < info.dlpi_phnum; ++i) {
      const auto& header = info.dlpi_phdr[i];
      if (header.p_type == PT_NOTE && module.build_id_size == 0) find_build_id(module, header);
      if (header.p_type == PT_GNU_EH_FRAME) module.unwind_table = module.bias + header.p_vaddr;
      if (header.p_type == PT_TLS) module.tls_size = header.p_memsz;
      if (header.p_type != PT_LOAD || (header.p_flags & PF_R) == 0) continue;
      const Address low = module.bias + header.p_vaddr;
      const Address high = low + header.p_memsz;
      if (low < module.low) module.low = low;
      if (high > module.high) module.high = high;
      map.segments_.push({low, high, (header.p_flags & PF_W) != 0, (header.p_flags & PF_X) != 0, module.own,
                          module.allocator, false});
    }
    if (executable && module.build_id_size != 0) drop_deleted(map.names_.data() + module.path);
    if (module.high != 0) map.modules_.push(module);
  }

  bool overlaps_mapped(const UnloadedModule& gone) const noexcept {
    for (std::size_t i = 0; i < mapped_segments; ++i) {
      const Segment& s = map.segments_[i];
      if (s.low < gone.high && gone.low < s.high) return true;
    }
    return false;
  }

  // Thread-local data and writable segments went with it: it has no roots.
  void add_unloaded(const UnloadedModule& gone) noexcept {
    Module module{};
    module.bias = gone.bias;
    module.low = gone.low;
    module.high = gone.high;
    module.path = add_name(gone.path);
    module.build_id = gone.build_id;
    module.build_id_size = gone.build_id_size;
    module.unloaded = true;
    if (gone.fate == UnloadedFate::moved) {
      map.moved_modules_.push(module);
    } else if (gone.fate == UnloadedFate::lost || overlaps_mapped(gone)) {
      map.ambiguous_.push({gone.low, gone.high});
    } else {
      map.modules_.push(module);
      map.segments_.push({gone.low, gone.high, false, false, false, false, true});
    }
  }
};

void note_modules_that_stay() noexcept {
  std::size_t count = 0;
  ::dl_iterate_phdr(
      [](dl_phdr_info*, std::size_t, void* counted) {
        ++*static_cast<std::size_t*>(counted);
        return 0;
      },
      &count);
  g_modules_that_stay = count;
}

// The loader changes its list, and unmaps, under the lock that dl_iterate_phdr() holds.
void while_modules_stay(void (*run)(void*), void* argument) noexcept {
  struct Call {
    void (*run)(void*);
    void* argument;
  } call = {run, argument};
  const ModuleListGuard guard;
  if (!guard.is_locked()) return;
  ::dl_iterate_phdr(
      [](dl_phdr_info*, std::size_t, void* self) {
        const Call& c = *static_cast<const Call*>(self);
        c.run(c.argument);
        return 1;
      },
      &call);
}

bool ModuleMap::read() noexcept {
  ModuleReader reader{*this};
  {
    const ModuleListGuard guard;
    if (!guard.is_locked()) return false;
    ::dl_iterate_phdr(
        [](dl_phdr_info* info, std::size_t, void* self) {
          static_cast<ModuleReader*>(self)->add(*info);
          return 0;
        },
        &reader);
  }
  reader.mapped_segments = segments_.size();
  for (const UnloadedModule* m = unloaded_modules(); m != nullptr; m = m->next) reader.add_unloaded(*m);
  reader.place_build_ids();
  const auto by_low = [](const auto& a, const auto& b) { return a.low < b.low; };
  sort_rows(modules_, by_low);
  sort_rows(segments_, by_low);
  sort_rows(moved_modules_, by_low);
  find_gap();
  return !modules_.failed() && !moved_modules_.failed() && !ambiguous_.failed() && !segments_.failed() && !names_.failed();
}

bool ModuleMap::is_outdated() const noexcept {
  unsigned long long unloads = 0;
  const ModuleListGuard guard;
  if (!guard.is_locked()) return false;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* found) {
        *static_cast<unsigned long long*>(found) = info->dlpi_subs;
        return 1;
      },
      &unloads);
  return unloads != unloads_;
}

void ModuleMap::find_gap() noexcept {
  if (segments_.empty()) return;
  lowest_ = highest_ = gap_low_ = gap_high_ = segments_[0].low;
  for (const Segment& s : segments_) {
    if (s.low > highest_ && s.low - highest_ > gap_high_ - gap_low_) {
      gap_low_ = highest_;
      gap_high_ = s.low;
    }
    if (s.high > highest_) highest_ = s.high;
  }
}

const Segment* ModuleMap::segment_of(Address at) const noexcept {
  const std::size_t begun = count_before(segments_, [at](const Segment& segment) { return segment.low <= at; });
  if (begun == 0 || at >= segments_[begun - 1].high) return nullptr;
  return &segments_[begun - 1];
}

bool ModuleMap::readable(Address at, std::size_t size) const noexcept {
  const Segment* segment = segment_of(at);
  if (segment == nullptr || segment->unloaded || size > segment->high - at) return false;
  return asked_ == nullptr || asked_->end_of_readable(at, at + size) == at + size;
}

bool ModuleMap::ambiguous(Address at) const noexcept {
  for (const Range& range : ambiguous_) {
    if (at >= range.low && at < range.high) return true;
  }
  return false;
}

bool ModuleMap::unloaded(Address at) const noexcept {
  const Segment* segment = segment_of(at);
  return segment != nullptr && segment->unloaded;
}

bool ModuleMap::executable(Address at) const noexcept {
  const Segment* segment = segment_of(at);
  return segment != nullptr && segment->executable;
}

bool ModuleMap::of_program(Address at) const noexcept {
  if (!may_hold(at)) return false;  // most words are no addresses of code or static data
  const Segment* segment = segment_of(at);
  return segment != nullptr && !segment->own;
}

}  // namespace gordian::rt
