// own_thread.cpp - see own_thread.h.
#include "process/own_thread.h"

#include <link.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

#include "base/kernel.h"
#include "base/memory.h"
#include "machine/thread_area.h"
#include "process/thread_descriptors.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kStackBytes = std::size_t{256} << 10;
constexpr std::size_t kPage = 4096;  // and the largest alignment of thread-local data
constexpr std::size_t kMostModules = 256;

// A module's thread-local data as it was linked, and where it lies from the thread pointer on.
struct Image {
  Address from;
  std::size_t size;
  Address at;  // in the thread that looks
};
struct Images {
  Image rows[kMostModules];
  std::size_t count = 0;
  Address low;
  Address high;
  bool too_many = false;
};

constinit Address g_stack_end = 0;
constinit Address g_tp = 0;  // 0: not prepared
// In the descriptor, where libc's recursive locks look for it. The kernel clears it when the thread is gone.
constinit std::atomic<int>* g_tid = nullptr;

int add_image(dl_phdr_info* info, std::size_t, void* argument) noexcept {
  auto& images = *static_cast<Images*>(argument);
  if (info->dlpi_tls_data == nullptr) return 0;
  for (unsigned i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_TLS) continue;
    if (images.count == kMostModules) {
      images.too_many = true;
      return 1;
    }
    const auto at = reinterpret_cast<Address>(info->dlpi_tls_data);
    images.rows[images.count++] = {info->dlpi_addr + header.p_vaddr, header.p_filesz, at};
    if (at < images.low) images.low = at;
    if (at + header.p_memsz > images.high) images.high = at + header.p_memsz;
  }
  return 0;
}

// A vector of thread-local data for no module, at `at` in zeroed memory: two words that say its length, two that say
// of which generation of modules it is. A module that is not in it has no data in this thread.
Address make_empty_vector(Address at) noexcept {
  constexpr std::uint64_t kNoGeneration = ~std::uint64_t{0};
  constexpr std::size_t kEntry = 16;
  memcpy(reinterpret_cast<void*>(at + kEntry), &kNoGeneration, sizeof kNoGeneration);
  return at + kEntry;
}

void* end_at_once(void*) { return nullptr; }

// While libc knows of one thread only, its locks are taken by plain loads and stores: whoever takes the loader's
// would not exclude us. Once a thread was started they are atomic for good, in children of fork() as well.
bool make_locks_atomic() noexcept {
  pthread_t thread;
  return ::pthread_create(&thread, nullptr, end_at_once, nullptr) == 0 && ::pthread_join(thread, nullptr) == 0;
}

int call_work(void* argument) noexcept {
  reinterpret_cast<void (*)() noexcept>(argument)();
  return 0;
}

}  // namespace

bool prepare_own_thread() noexcept {
  std::size_t tid_offset = 0;
  if (!find_offset_of_tid(tid_offset)) return false;
  const std::size_t size = descriptor_size();
  const Address here = thread_pointer();
  Images images;
  images.low = descriptor_of(here, size);
  images.high = end_of_descriptor(here, size);
  ::dl_iterate_phdr(add_image, &images);
  if (images.too_many || !make_locks_atomic()) return false;
  const Address low = images.low / kPage * kPage;
  const std::size_t bytes = (images.high - low + kPage - 1) / kPage * kPage;
  void* const room = map_pages(kStackBytes + kPage + bytes);
  if (room == nullptr) return false;
  const Address vector = reinterpret_cast<Address>(room) + kStackBytes;
  const Address shift = vector + kPage - low;  // modulo 2^64
  for (std::size_t i = 0; i < images.count; ++i) {
    const Image& image = images.rows[i];
    memcpy(reinterpret_cast<void*>(image.at + shift), reinterpret_cast<const void*>(image.from), image.size);
  }
  make_thread_area(here + shift, here, make_empty_vector(vector));
  g_stack_end = vector;
  g_tid = reinterpret_cast<std::atomic<int>*>(descriptor_of(here + shift, size) + tid_offset);
  g_tp = here + shift;
  return true;
}

bool start_own_thread(void (*work)() noexcept) noexcept {
  constexpr int kThread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
  constexpr int kFlags = kThread | CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
  if (g_tp == 0) return false;
  while (const int tid = g_tid->load(std::memory_order_acquire)) {
    kernel::call(SYS_futex, g_tid, FUTEX_WAIT, tid, nullptr, nullptr, 0);
  }
  return ::__clone(call_work, reinterpret_cast<void*>(g_stack_end), kFlags, reinterpret_cast<void*>(work), g_tid,
                 reinterpret_cast<void*>(g_tp), g_tid) > 0;
}

bool is_own_thread(int tid) noexcept {
  return g_tid != nullptr && g_tid->load(std::memory_order_acquire) == tid;
}

void forget_own_thread() noexcept {
  if (g_tid != nullptr) g_tid->store(0, std::memory_order_release);
}

}  // namespace gordian::rt
