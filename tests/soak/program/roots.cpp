// roots.cpp - globals, threads, frames, declared memory and lost references as owners of nodes.
//
// Nothing here is destroyed before the check at exit: what destructors of globals free is another test's.
#include "roots.h"

#include <alloca.h>
#include <gordian/gordian.h>
#include <sys/mman.h>

#include <array>
#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

namespace soak {
namespace {

constexpr int kMost = 8;  // holders of one kind

struct Bag {
  long weight = 1;
  std::vector<Handle> handles;
};

// Static data whose destructor is never run.
template <class T>
class Lasting {
 public:
  T& operator*() { return *std::launder(reinterpret_cast<T*>(bytes_)); }
  T* operator->() { return &**this; }
  Lasting() { new (bytes_) T(); }
  // Leaves nothing of what it was: a function that was reset still has the pointer to what it had captured.
  void renew() {
    std::destroy_at(&**this);
    std::memset(bytes_, 0, sizeof bytes_);
    new (bytes_) T();
  }

 private:
  alignas(T) unsigned char bytes_[sizeof(T)];
};

Lasting<std::array<Handle, kMost>> global;
Lasting<std::vector<Handle>> global_vector;
Lasting<std::map<int, Handle>> global_map;
Lasting<std::array<std::function<int()>, kMost>> global_function;
Bag* global_struct = nullptr;
std::vector<Handle>* global_leaked = nullptr;
Lasting<std::unique_ptr<Bag>> global_unique;
Handle* declared_memory = nullptr;
Lasting<std::vector<BoostHandle>> global_boost;
Lasting<std::vector<IntrusiveHandle>> global_intrusive;
Lasting<std::map<int, AnnouncedRef>> global_announced;
Lasting<std::vector<NamedRef>> global_named;
Lasting<std::array<std::weak_ptr<Solid>, kMost>> global_weak;
Solid* global_raw[kMost];
Announced* global_raw_announced[kMost];

thread_local Handle* main_thread_local = nullptr;  // never destroyed
thread_local Handle other_thread_local[2];

// Words that are no addresses, of objects and of handles.
struct Hidden {
  std::uintptr_t words[2];
};
Hidden hidden[kMost];
std::uintptr_t lost_handles[kMost];
std::uintptr_t lost_vectors[kMost];
std::uintptr_t lost_structs[kMost];
std::uintptr_t lost_boosts[kMost];
int used[64];  // places of a root, by root

template <class T>
void lose(std::uintptr_t& place, T* block) {
  place = ~reinterpret_cast<std::uintptr_t>(block);
}
template <class T>
void end_lost(std::uintptr_t (&places)[kMost]) {
  for (std::uintptr_t& place : places) {
    if (place != 0) delete reinterpret_cast<T*>(~place);
    place = 0;
  }
}

// The thread that holds handles on its stack and in its thread-local data until it is told to end.
class WaitingThread {
 public:
  void give_stack(const Handle& handle) { stack_.push_back(handle); }
  void give_local(const Handle& handle) { local_.push_back(handle); }
  void start() {
    if (stack_.empty() && local_.empty()) return;
    thread_ = std::thread([this] { hold(); });
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ready_; });
  }
  void end() {
    if (!thread_.joinable()) return;
    {
      const std::scoped_lock lock(mutex_);
      ended_ = true;
      changed_.notify_all();
    }
    thread_.join();
    ready_ = ended_ = false;
  }

 private:
  void hold() {
    scrub();
    Handle on_stack[3];
    take(on_stack);
    asm volatile("" : : "r"(on_stack) : "memory");
    wait();
    for (Handle& handle : other_thread_local) handle.reset();
  }
  __attribute__((noinline)) void take(Handle* on_stack) {
    for (std::size_t i = 0; i < stack_.size(); ++i) on_stack[i] = std::move(stack_[i]);
    for (std::size_t i = 0; i < local_.size(); ++i) other_thread_local[i] = std::move(local_[i]);
    std::vector<Handle>().swap(stack_);
    std::vector<Handle>().swap(local_);
  }
  __attribute__((noinline)) void wait() {
    scrub();
    std::unique_lock lock(mutex_);
    ready_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return ended_; });
  }

  std::vector<Handle> stack_;
  std::vector<Handle> local_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ready_ = false;
  bool ended_ = false;
};
Lasting<WaitingThread> waiting;
Lasting<std::vector<Handle>> for_main_thread;  // its frame and its thread-local data, given out by begin_holding()
Lasting<std::vector<Handle>> for_frame;

void hide(Hidden& place, Handle handle) {
  alignas(Handle) unsigned char bytes[sizeof(Handle)];
  new (bytes) Handle(std::move(handle));
  std::memcpy(&place, bytes, sizeof place);
  for (std::uintptr_t& word : place.words) word = ~word;
  std::memset(bytes, 0, sizeof bytes);
  asm volatile("" : : "r"(bytes) : "memory");
}
void show_hidden() {
  for (Hidden& place : hidden) {
    if (place.words[1] == 0) continue;
    for (std::uintptr_t& word : place.words) word = ~word;
    alignas(Handle) unsigned char bytes[sizeof(Handle)];
    std::memcpy(bytes, &place, sizeof bytes);
    std::launder(reinterpret_cast<Handle*>(bytes))->~Handle();
    place = {};
  }
}

Bag* bag_of(const Handle& handle, Bag* bag) {
  if (bag == nullptr) bag = new Bag;
  bag->handles.push_back(handle);
  return bag;
}

void map_declared_memory() {
  void* const page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  declared_memory = new (page) Handle[kMost];
  gordian_add_root(page, sizeof(Handle) * kMost);
}

}  // namespace

void hold(Root root, const Made& node) {
  const int place = used[root]++;
  switch (root) {
    case root_global: (*global)[place] = node.standard; return;
    case root_global_vector: global_vector->push_back(node.standard); return;
    case root_global_map: global_map->emplace(place, node.standard); return;
    case root_global_function:
      (*global_function)[place] = [kept = node.standard] { return kept->number; };
      return;
    case root_global_struct: global_struct = bag_of(node.standard, global_struct); return;
    case root_global_leaked:
      if (global_leaked == nullptr) global_leaked = new std::vector<Handle>;
      global_leaked->push_back(node.standard);
      return;
    case root_global_unique:
      if (!*global_unique) *global_unique = std::make_unique<Bag>();
      (*global_unique)->handles.push_back(node.standard);
      return;
    case root_main_thread_local: for_main_thread->push_back(node.standard); return;
    case root_thread_stack: waiting->give_stack(node.standard); return;
    case root_other_thread_local: waiting->give_local(node.standard); return;
    case root_frame: for_frame->push_back(node.standard); return;
    case root_declared_memory:
      if (declared_memory == nullptr) map_declared_memory();
      declared_memory[place] = node.standard;
      return;
    case root_global_boost: global_boost->push_back(node.boosted); return;
    case root_global_intrusive: global_intrusive->push_back(node.intrusive); return;
    case root_global_announced: global_announced->emplace(place, node.announced); return;
    case root_global_named: global_named->push_back(node.named); return;
    case root_lost_handle: lose(lost_handles[place], new Handle(node.standard)); return;
    case root_lost_vector: lose(lost_vectors[place], new std::vector<Handle>{node.standard}); return;
    case root_lost_struct: lose(lost_structs[place], bag_of(node.standard, nullptr)); return;
    case root_lost_boost: lose(lost_boosts[place], new BoostHandle(node.boosted)); return;
    case root_hidden: hide(hidden[place], node.standard); return;
    case root_global_weak: (*global_weak)[place] = node.standard; return;
    case root_global_raw: global_raw[place] = node.standard.get(); return;
    case root_global_raw_announced: global_raw_announced[place] = node.announced.get(); return;
  }
}

void begin_holding(FrameHandles& frame) {
  waiting->start();
  if (main_thread_local == nullptr) main_thread_local = new Handle[kMost];
  for (std::size_t i = 0; i < for_main_thread->size(); ++i) main_thread_local[i] = std::move((*for_main_thread)[i]);
  for (std::size_t i = 0; i < for_frame->size(); ++i) frame.handles[i] = std::move((*for_frame)[i]);
  for_main_thread.renew();
  for_frame.renew();
}

void release_owners() {
  waiting->end();
  global.renew();
  global_vector.renew();
  global_map.renew();
  global_function.renew();
  delete std::exchange(global_struct, nullptr);
  delete std::exchange(global_leaked, nullptr);
  global_unique.renew();
  for (int i = 0; i < kMost; ++i) main_thread_local[i].reset();
  for (int i = 0; declared_memory != nullptr && i < kMost; ++i) declared_memory[i].reset();
  global_boost.renew();
  global_intrusive.renew();
  global_announced.renew();
  global_named.renew();
  show_hidden();
  global_weak.renew();
  for (Solid*& observer : global_raw) observer = nullptr;
  for (Announced*& observer : global_raw_announced) observer = nullptr;
}

void release_lost() {
  end_lost<Handle>(lost_handles);
  end_lost<std::vector<Handle>>(lost_vectors);
  end_lost<Bag>(lost_structs);
  end_lost<BoostHandle>(lost_boosts);
  for (int& places : used) places = 0;
}

__attribute__((noinline)) void scrub() {
  void* const below = alloca(32768);
  std::memset(below, 0, 32768);
  asm volatile("" : : "r"(below) : "memory");
  // A new thread has those of the thread that starts it.
#if defined __x86_64__
  asm volatile(
      ".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n\tpxor %%xmm\\n, %%xmm\\n\n\t.endr"
      :
      :
      : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13",
        "xmm14", "xmm15");
  if (__builtin_cpu_supports("avx")) asm volatile("vzeroupper");
  if (__builtin_cpu_supports("avx512f")) {
    asm volatile(
        ".irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31\n\t"
        "vpxorq %zmm\\n, %zmm\\n, %zmm\\n\n\t.endr");
  }
#elif defined __aarch64__
  asm volatile(
      ".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31\n\t"
      "movi v\\n\\().2d, #0\n\t.endr"
      :
      :
      : "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25",
        "v26", "v27", "v28", "v29", "v30", "v31");
#endif
}

}  // namespace soak
