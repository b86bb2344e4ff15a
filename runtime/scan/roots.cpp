// roots.cpp - see roots.h.
#include "scan/roots.h"

#include <sys/syscall.h>
#include <unistd.h>

#include "base/fork_wait.h"
#include "base/kernel.h"
#include "base/spin_lock.h"
#include "machine/thread_area.h"
#include "process/kept_words.h"
#include "process/own_thread.h"
#include "process/program_mappings.h"
#include "process/sanitizer.h"
#include "process/thread_descriptors.h"
#include "process/unloaded_modules.h"
#include "scan/unseen_memory.h"

// The top of the first thread's stack, kept by the loader (GLIBC_2.2.5).
extern "C" void* __libc_stack_end;

namespace gordian::rt {
namespace {

using snapshot::Place;

struct UserDeclarations {
  SpinLock lock;
  PageArray<UserRoot> roots;
};
// Lives for the whole process: its destructor must not run before the check at exit.
alignas(UserDeclarations) constinit char g_storage[sizeof(UserDeclarations)] = {};
UserDeclarations& declarations() noexcept { return *reinterpret_cast<UserDeclarations*>(g_storage); }

Address align_up(Address a) noexcept { return (a + 7) & ~Address{7}; }

bool is_empty(Address low, Address high) noexcept {
  for (Address at = low; at < high; at += 8) {
    if (load_word(at) != 0) return false;
  }
  return true;
}

constinit Address g_first_thread = 0;   // its thread pointer
constinit Address g_loaded_thread = 0;  // that of the thread that the program began with, in a forked child, too

// Our own thread cannot ask for a thread of the program's: one that answered tells, or nobody knows.
bool may_have_fake_stacks(const PausedThreads& threads) noexcept {
  bool answered = false;
  bool fake = has_fake_stacks();
  threads.for_each([&](const PausedThread& t) {
    answered = true;
    fake = fake || t.fake_stack != nullptr;
  });
  return fake || (!answered && is_own_thread(static_cast<int>(kernel::call(SYS_gettid))));
}

}  // namespace

bool has_hidden_stacks(const PausedThreads& threads) noexcept {
  if (sanitizer() != Sanitizer::address) return false;
  if (threads.unanswered() == 0) return false;
  std::uint64_t waiting = 0;
  threads.for_each_unanswered([&](const PausedThread& t) { waiting += waiting_call_of(t.tid).sp != 0 ? 1u : 0u; });
  return waiting != threads.unanswered() || may_have_fake_stacks(threads);
}
void note_first_thread() noexcept {
  g_first_thread = thread_pointer();
  if (g_loaded_thread == 0) g_loaded_thread = g_first_thread;
}

bool add_user_root(Address low, std::size_t size) noexcept {
  const LockGuard guard(declarations().lock, waited_long_for_fork);
  if (!guard.is_locked()) return false;
  declarations().roots.push({low, low + size});
  return !declarations().roots.failed();
}

void remove_user_root(Address low) noexcept {
  const LockGuard guard(declarations().lock, waited_long_for_fork);
  if (!guard.is_locked()) return;
  auto& roots = declarations().roots;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (roots[i].low == low) {
      roots[i] = roots.back();
      roots.pop();
      return;
    }
  }
}

bool try_lock_user_roots() noexcept { return declarations().lock.try_lock(); }
void unlock_user_roots() noexcept { declarations().lock.unlock(); }

bool Roots::collect(const ModuleMap& modules, const PausedThreads& threads, const CallerFrame& caller,
                    Heap& heap, const Readable& readable) noexcept {
  heap_ = &heap;
  control_block_size_ = descriptor_size();
  // Modules and thread-local data first: what a stack overlaps keeps its better name.
  for (const Segment& s : modules.segments()) {
    if (s.writable && !s.own) add_touched(s.low, s.high, Place::static_data, s.exact_only);
  }
  const Address own_tp = thread_pointer();
  add_thread_local_data(own_tp, modules);
  threads.for_each([&](const PausedThread& t) { add_thread_local_data(t.tp, modules); });
  if (threads.unanswered() != 0) add_thread_local_data(g_first_thread, modules);
  add_descriptors();

  add_stack(caller.sp, caller.sp, own_tp, threads);
  add_fake_frames(fake_stack(), caller.sp);
  for (const std::uint64_t word : caller.registers) registers_.push(word);
  threads.for_each([&](const PausedThread& t) {
    add_stack(t.sp - kRedZone, t.sp, t.tp, threads);
    add_fake_frames(t.fake_stack, t.sp);
    if (sanitizer() == Sanitizer::address) add_sanitizers_thread(t.tp);
    for_each_register(*t.context, [&](Address, std::uint64_t word) { registers_.push(word); });
  });
  if (sanitizer() == Sanitizer::address) {
    add_waiting_stacks(threads, caller.sp);
  } else if (threads.unanswered() != 0) {
    add_every_possible_stack(caller.sp, threads);
  }

  list_kept_words(kept_words_);
  add_request_rings();
  add_program_mappings(threads, caller.sp);
  // Unlocked: the other threads are paused, perhaps in the middle of declaring one.
  for (const UserRoot& root : declarations().roots) add_touched(root.low, root.high, Place::user_root);
  if (are_mappings_in_doubt() || allocates_past_us(modules)) add_unseen_memory(modules);
  if (readable.asks() && !drop_unreadable(readable)) return false;
  return !ranges_.failed() && !registers_.failed() && !key_values_.failed() && !kept_words_.failed() &&
         !blocks_.failed();
}

// Adds what no range covers yet; parts in the heap make their blocks roots instead.
void Roots::add(Address low, Address high, Place place, bool exact_only) noexcept {
  low = align_up(low);
  high &= ~Address{7};
  std::size_t at = first_that_ends_above(ranges_, low);
  while (low < high) {
    if (const std::uint32_t block = heap_->find(low); block != kNoIndex && place != Place::static_data) {
      blocks_.push(block);
      low = align_up((*heap_)[block].start + (*heap_)[block].size);
      continue;
    }
    while (at < ranges_.size() && ranges_[at].high <= low) ++at;
    if (at < ranges_.size() && ranges_[at].low <= low) {
      low = ranges_[at].high;
      continue;
    }
    const Address end = at < ranges_.size() && ranges_[at].low < high ? ranges_[at].low : high;
    ranges_.push({});
    if (ranges_.failed()) return;
    for (std::size_t i = ranges_.size() - 1; i > at; --i) ranges_[i] = ranges_[i - 1];
    ranges_[at] = {low, end, place, exact_only};
    low = end;
  }
}

// Leaves of each range what can be read. False when memory ran out.
bool Roots::drop_unreadable(const Readable& readable) noexcept {
  const std::size_t page = page_size();
  PageArray<RootRange> kept;
  for (RootRange rest : ranges_) {
    while (rest.low < rest.high) {
      const Address end = readable.end_of_readable(rest.low, rest.high);
      if (end != rest.low) kept.push({rest.low, end, rest.place, rest.exact_only});
      if (end == rest.high) break;
      ++unreadable_;
      rest.low = (end / page + 1) * page;
    }
  }
  if (kept.failed() || !ranges_.resize(kept.size())) return false;
  for (std::size_t i = 0; i < kept.size(); ++i) ranges_[i] = kept[i];
  return true;
}

// Static and dynamic thread-local data hang on the thread's vector (dtv), whose layout is
// part of the ABI that compilers and debuggers rely on ("ELF Handling For Thread-Local
// Storage", 3.4.6): dtv[-1] holds its length, dtv[id] the block of
// module `id`, or -1 before its first use. Each entry is two words.
void Roots::add_thread_local_data(Address tp, const ModuleMap& modules) noexcept {
  constexpr std::uint64_t kUnallocated = ~std::uint64_t{0};
  const Address dtv = vector_of(tp);
  if (dtv == 0) return;
  const std::uint64_t length = load_word(dtv - 16);
  for (const Module& m : modules.modules()) {
    if (m.own || m.tls_id == 0 || m.tls_size == 0 || m.tls_id > length) continue;
    const std::uint64_t block = load_word(dtv + 16 * m.tls_id);
    if (block != 0 && block != kUnallocated) add(block, block + m.tls_size, Place::thread_local_data);
  }
  // Values of pthread keys, and more.
  add(descriptor_of(tp, control_block_size_), end_of_descriptor(tp, control_block_size_), Place::thread_local_data);
  add_key_values(tp);
}

// A pthread key has a destructor that is run with the value when its thread ends, but not at exit().
// So what a value points at may own itself until then, and somebody will let it go: boost::thread
// keeps what it knows of the first thread so. Whether a key has a destructor cannot be asked.
// The values are in tables of their own, 32 for 32 keys each; an entry is {sequence number, value}.
void Roots::add_key_values(Address tp) noexcept {
  constexpr std::size_t kTables = 32;
  constexpr std::size_t kEntries = 32;
  for (std::size_t t = 0; t < kTables; ++t) {
    const Address table = load_word(descriptor_of(tp, control_block_size_) + offset_of_key_values() + 8 * t);
    for (std::size_t e = 0; table != 0 && e < kEntries; ++e) {
      const std::uint64_t value = load_word(table + 16 * e + 8);
      if (value != 0) key_values_.push(value);
    }
  }
}

// What a thread returns lies in its descriptor, also once it has ended, until another joins it. A paused thread may be about to
// change a list; libc writes so that one can be walked at any moment, for fork().
void Roots::add_descriptors() noexcept {
  for_each_descriptor([this](Address low) { add(low, low + control_block_size_, Place::thread_local_data); });
}

template <class Visit>
void Roots::for_each_descriptor(Visit&& visit) noexcept {
  constexpr unsigned kMostThreads = 1u << 22;  // the kernel's own limit
  const DescriptorLists& lists = descriptor_lists();
  for (const Address head : lists.heads) {
    Address at = head != 0 ? load_word(head + lists.next) : 0;
    for (unsigned n = 0; at != 0 && at != head && n < kMostThreads; ++n) {
      const Mapping* const m = map_.find(at);
      if (m == nullptr || !m->readable) break;
      visit(at - lists.node);
      at = load_word(at + lists.next);
    }
  }
}

// From `lowest`, at or a little below the stack pointer `sp`, up to where the stack begins.
void Roots::add_stack(Address lowest, Address sp, Address tp, const PausedThreads& threads) noexcept {
  const auto first_stack_end = reinterpret_cast<Address>(__libc_stack_end);
  const Mapping* m = map_.find(sp);
  if (m == nullptr) return;
  const Address low = lowest > m->low ? lowest : m->low;
  // The first thread's pointer lies in no stack, but perhaps in a mapping that one has grown together with; and so may
  // another's, behind a block.
  const std::uint32_t block = heap_->find(sp);
  const bool in_other_place = tp == g_loaded_thread || (block != kNoIndex && !heap_->contains(block, tp));
  if (!in_other_place && tp > sp && tp < m->high) {
    add(low, tp, Place::stack);
    return;
  }
  if (first_stack_end > sp && first_stack_end <= m->high) {
    add(low, first_stack_end, Place::stack);
    return;
  }
  // A fibre or a signal stack: what is known of it, and all of the thread's own stack.
  add(low, block != kNoIndex ? sp + 8 : m->high, Place::stack);
  const Mapping* own = tp != g_loaded_thread ? map_.find(tp) : nullptr;
  if (own != nullptr) add(own->after_guard ? own->low : lowest_of_stack(*own, tp, threads), tp, Place::stack);
  const Mapping* first = map_.find(first_stack_end);
  if (first != nullptr) add(first->low, first_stack_end, Place::stack);
}

// From where on the stack below `tp` may reach, in a mapping with no guard page: it begins behind what surely is none of it, another
// thread's stack or a block; or it is one.
Address Roots::lowest_of_stack(const Mapping& m, Address tp, const PausedThreads& threads) const noexcept {
  Address lowest = m.low;
  const auto leave_out = [&](Address other) {
    if (other < tp && other > lowest) lowest = other;
  };
  leave_out(thread_pointer());
  threads.for_each([&](const PausedThread& t) { leave_out(t.tp); });
  const std::uint32_t index = heap_->last_before(tp);
  if (index == kNoIndex) return lowest;
  const Block& block = (*heap_)[index];
  const Address begin = heap_->contains(index, tp) ? block.start : align_up(block.start + block.size);
  return begin > lowest ? begin : lowest;
}

// A frame whose function was left by longjmp() or an exception stays until its place is needed. Those of the stack that
// `sp` lies on are known by where they would be: below it, farther than what takes a frame needs of the stack itself.
void Roots::add_fake_frames(void* fake_stack, Address sp) noexcept {
  constexpr Address kTaking = 4096;
  const Mapping* place = fake_stack != nullptr ? map_.find(reinterpret_cast<Address>(fake_stack)) : nullptr;
  if (place == nullptr) return;
  const Mapping* stack = map_.find(sp);
  for_each_fake_frame(fake_stack, place->high, [&](const FakeFrame& frame) {
    const bool left = stack != nullptr && frame.real >= stack->low && frame.real + kTaking < sp;
    if (!left) add(frame.low, frame.high, Place::stack);
  });
}

// AddressSanitizer starts a thread on a function of its own, and keeps until then what the thread is to get in pages
// that the descriptor leads to. All of them is less than this.
void Roots::add_sanitizers_thread(Address tp) noexcept {
  constexpr Address kLargest = Address{256} << 10;
  const Mapping* stack = map_.find(tp);
  const Address end = end_of_descriptor(tp, control_block_size_);
  for (Address at = descriptor_of(tp, control_block_size_); at + 8 <= end; at += 8) {
    const Address word = load_word(at);
    const Mapping* m = word != 0 && word % 4096 == 0 ? map_.find(word) : nullptr;
    if (m == nullptr || m == stack || !m->readable || !m->writable || !m->anonymous) continue;
    add(word, m->high - word < kLargest ? m->high : word + kLargest, Place::thread_local_data);
  }
}

// All of a mapping that a stack lies in. `sp` is that of who called the check. Below it are the check's own frames
// with all that they look at, which nobody holds by that.
void Roots::add_whole_stack(const Mapping& m, Address sp) noexcept {
  constexpr Address kCheckDepth = 8192;  // more than it takes to get to a stack of its own
  const Address lowest_of_check = sp - m.low > kCheckDepth ? sp - kCheckDepth : m.low;
  if (m.low <= sp && sp < m.high) {
    add(m.low, lowest_of_check, Place::stack);
    add(sp, m.high, Place::stack);
  } else {
    add(m.low, m.high, Place::stack);
  }
}

// A thread that did not answer has its stack somewhere, which is not the check's: above a guard page, thread-local data included, or
// below its descriptor, or it is the first thread. The first thread's stack is a mapping of its own, so all that is below `sp` is
// left out; in another mapping there may be more than one stack.
void Roots::add_every_possible_stack(Address sp, const PausedThreads& threads) noexcept {
  const auto first_stack_end = reinterpret_cast<Address>(__libc_stack_end);
  const auto own = reinterpret_cast<Address>(__builtin_frame_address(0));
  const auto holds = [](const Mapping& m, Address at) { return m.low <= at && at < m.high; };
  const Mapping* first = map_.find(first_stack_end);
  if (first != nullptr && !holds(*first, sp)) add(first->low, first_stack_end, Place::stack);
  for (const Mapping& m : map_.mappings()) {
    const bool stack = m.readable && m.writable && m.anonymous && m.after_guard && !is_held(m.low - 1);
    if (stack && !holds(m, first_stack_end) && !holds(m, own)) add_whole_stack(m, sp);
  }
  for_each_descriptor([&](Address low) {
    const Mapping* m = map_.find(low);
    const auto is_of = [&](Address tp) { return low == descriptor_of(tp, control_block_size_); };
    bool known = m == nullptr || m->after_guard || is_of(thread_pointer()) || is_of(g_loaded_thread);
    threads.for_each([&](const PausedThread& t) { known = known || is_of(t.tp); });
    if (!known) add(lowest_of_stack(*m, low, threads), low, Place::stack);
  });
}

void Roots::add_touched(Address low, Address high, Place place, bool exact_only) noexcept {
  // fork() copies no page tables of shared memory, and what was reclaimed of it has no entry: there the kernel's
  // answer is no proof that a page is empty. The program's own mappings and static data are private.
  const bool told = place != Place::user_root || !map_.has_shared(low, high);
  if (high - low < TouchedPages::kWorthAsking || !told) return add(low, high, place, exact_only);
  touched_.for_each_part(low, high, [&](Address from, Address to) { add(from, to, place, exact_only); });
}

// Of memory without access: more, the kernel telling of page by page, is a place for an address space (8 s a terabyte).
constexpr Address kMostPageByPage = Address{1} << 30;

// Below the stack pointer of a thread that runs on a stack in such memory are frames that are gone. A mapping with a guard page may
// have room for more than one stack all the same; so what is gone reaches down to the first page that nothing was ever
// written to: a stack that waits must not be left out, and what stays in too much at worst hides a ring.
Address Roots::lowest_gone(const Mapping& m, Address sp) const noexcept {
  const Address page = page_size();
  Address lowest = m.low;
  touched_.for_each_part(m.low, sp, [&](Address from, Address) { lowest = from; }, 0);
  for (Address at = sp & ~(page - 1); at > lowest; at -= page) {
    if (is_empty(at - page, at)) return at;  // one of those that the kernel gives many at once (huge pages)
  }
  return lowest;
}

void Roots::add_program_mappings(const PausedThreads& threads, Address sp) noexcept {
  if (program_mappings().empty()) return;
  for (const Mapping& m : map_.mappings()) {
    if (!m.anonymous) continue;
    Address lowest = m.high;  // stack pointer: what lies above is a root already
    const auto note = [&](Address top) {
      if (m.after_guard && top >= m.low && top < lowest) lowest = top & ~Address{7};
    };
    note(sp);
    threads.for_each([&](const PausedThread& t) { note(t.sp - kRedZone); });
    add_mapped(m, m.low, lowest != m.high ? lowest_gone(m, lowest) : m.high);
    add_mapped(m, lowest, m.high);
  }
}

// What the program has mapped of the part [low, high) of `m`.
void Roots::add_mapped(const Mapping& m, Address low, Address high) noexcept {
  const PageArray<ProgramMapping>& ranges = program_mappings();
  for (std::size_t i = first_that_ends_above(ranges, low); i < ranges.size() && ranges[i].low < high; ++i) {
    const Address from = ranges[i].low > low ? ranges[i].low : low;
    const Address to = ranges[i].high < high ? ranges[i].high : high;
    if (m.readable) {
      add_touched(from, to, Place::mapping);
    } else if (touched_.is_told() && (touched_.looks_ahead() || to - from <= kMostPageByPage)) {
      // A guard page never was touched, nor a place that is only reserved: from what was, access was taken away.
      touched_.for_each_part(from, to, [this](Address, Address) { ++unreadable_; });
    }
  }
}

// What a request of io_uring is for (user_data) the kernel tells when it is done, and nowhere before. But it stays in the
// ring until a later request takes its place.
void Roots::add_request_rings() noexcept {
  for (const Mapping& m : map_.mappings()) {
    if (m.request_ring && m.readable) add(m.low, m.high, Place::mapping);
  }
}

// Threads that did not answer, but wait in the kernel, which says on what stack. They may go on: all of it counts.
void Roots::add_waiting_stacks(const PausedThreads& threads, Address sp) noexcept {
  threads.for_each_unanswered([&](const PausedThread& t) {
    const Mapping* stack = map_.find(waiting_call_of(t.tid).sp);
    if (stack != nullptr) add_whole_stack(*stack, sp);
  });
}

}  // namespace gordian::rt
