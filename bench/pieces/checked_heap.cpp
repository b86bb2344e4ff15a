// checked_heap.cpp - see checked_heap.h.
#include "checked_heap.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <new>
#include <span>
#include <utility>

#include "capture/capture.h"
#include "output/snapshot_writer.h"
#include "program/kinds.h"
#include "tables/live.h"

namespace {

// While it is true, what operator new gives is a block of the checked program's.
bool g_of_program = false;

class OfProgram {
 public:
  OfProgram() { g_of_program = true; }
  ~OfProgram() { g_of_program = false; }
  OfProgram(const OfProgram&) = delete;
  OfProgram& operator=(const OfProgram&) = delete;
};

gordian::rt::Address address_of(const void* place) {
  return reinterpret_cast<gordian::rt::Address>(place);
}

}  // namespace

void* operator new(std::size_t size) {
  constexpr unsigned kDepth = 32;  // the runtime's own default
  void* const block = std::malloc(size != 0 ? size : 1);
  if (block == nullptr) throw std::bad_alloc();
  if (g_of_program) gordian::rt::add_block(address_of(block), size, gordian::rt::capture_stack(kDepth));
  return block;
}

void operator delete(void* block) noexcept {
  if (g_of_program && block != nullptr) gordian::rt::remove_block(address_of(block));
  std::free(block);
}

void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}

namespace gordian::bench {
namespace {

template <std::size_t... Units>
std::vector<program::Kind> kinds_of(std::index_sequence<Units...>) {
  std::vector<program::Kind> kinds;
  const auto add = [&](std::span<const program::Kind> more) {
    kinds.insert(kinds.end(), more.begin(), more.end());
  };
  (add(program::kinds_of_unit<Units>()), ...);
  return kinds;
}

const program::Kind& kind_of_ring(std::size_t ring) {
  static const auto kinds = kinds_of(std::make_index_sequence<program::kUnits>());
  return kinds[ring % kinds.size()];
}

}  // namespace

CheckedHeap::CheckedHeap(std::size_t objects, Kept kept) {
  const std::size_t rings = objects / kRing;
  rings_.reserve(rings);
  if (kept == Kept::by_a_root) owners_.reserve(rings);
  for (std::size_t i = 0; i < rings; ++i) {
    const program::Kind& kind = kind_of_ring(i);
    const OfProgram of_program;
    std::shared_ptr<void> first = kind.make_ring(kRing);
    rings_.push_back(first.get());
    if (kept == Kept::by_a_root) owners_.push_back(std::move(first));
  }
  if (!owners_.empty()) rt::add_user_root(address_of(owners_.data()), owners_.size() * sizeof owners_[0]);
}

CheckedHeap::~CheckedHeap() {
  if (!owners_.empty()) rt::remove_user_root(address_of(owners_.data()));
  const OfProgram of_program;
  for (std::size_t i = 0; i < rings_.size(); ++i) kind_of_ring(i).break_ring(rings_[i]);
  for (std::shared_ptr<void>& owner : owners_) owner.reset();
}

bool run_stage(Check& check, Stage stage) {
  switch (stage) {
    case Stage::list_blocks:
      if (!check.modules.read() || !check.heap.build()) return false;
      if (check.helpers) check.workers.use_helpers_for(check.heap.blocks().size());
      return true;
    case Stage::find_objects:
      return check.objects.build();
    case Stage::collect_roots:
      return check.roots.collect(check.modules, check.threads, rt::find_caller_frame(), check.heap,
                                 rt::Readable());
    case Stage::count_words:
      if (!rt::count_words(check.roots, check.heap, check.objects, check.workers)) return false;
      check.objects.find_managed_blocks();
      return true;
    case Stage::flood:
      return rt::flood_from_roots(check.roots, check.heap, check.objects, check.workers);
    case Stage::record:
      return rt::record(check.modules, check.roots, check.heap, check.classes, check.objects, check.workers,
                        false, check.recording);
  }
  return false;
}

bool run_until(Check& check, Stage end) {
  for (int stage = 0; stage < static_cast<int>(end); ++stage) {
    if (!run_stage(check, static_cast<Stage>(stage))) return false;
  }
  return true;
}

bool run_all(Check& check) {
  return run_until(check, Stage::record) && run_stage(check, Stage::record);
}

std::uint64_t counted_words(const Check& check) {
  std::uint64_t words = 0;
  for (std::uint32_t i = 0; i < check.objects.size(); ++i) words += check.objects[i].other_words;
  return words;
}

std::uint64_t owned_objects(const Check& check) {
  std::uint64_t owned = 0;
  for (std::uint32_t i = 0; i < check.objects.size(); ++i) {
    if ((check.objects[i].state & rt::kObjOwned) != 0) ++owned;
  }
  return owned;
}

int write_recording(Check& check, const std::filesystem::path& file) {
  // The writer numbers the classes that it meets, once in a check.
  for (std::uint32_t i = 0; i < check.classes.size(); ++i) check.classes[i].row = rt::kNoIndex;
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return errno;
  const int error = rt::write_snapshot(
      fd, {check.modules, check.classes, check.heap, check.objects, check.recording, check.census,
           snapshot::kNoExitStatus, 0, owned_objects(check), 0, 0, false, 0, check.calls});
  ::close(fd);
  return error;
}

}  // namespace gordian::bench
