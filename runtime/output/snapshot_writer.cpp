// snapshot_writer.cpp - see snapshot_writer.h.
#include "output/snapshot_writer.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <cerrno>

#include "base/fork_wait.h"
#include "base/kernel.h"
#include "base/own_descriptor.h"
#include "base/say.h"
#include "process/emulator.h"
#include "process/unloaded_modules.h"
#include "start/meant.h"
#include "start/state.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

using namespace snapshot;

// The bytes behind the header: buffered, counted, summed up.
class Stream {
 public:
  explicit Stream(int fd) noexcept : fd_(fd) {
    if (!buffer_.resize(kBuffer)) error_ = ENOMEM;
  }

  void put(const void* data, std::size_t size) noexcept {
    const char* at = static_cast<const char*>(data);
    if (buffer_.size() == 0) return;
    while (size > 0) {
      if (used_ == kBuffer) flush();
      const std::size_t n = size < kBuffer - used_ ? size : kBuffer - used_;
      memcpy(buffer_.data() + used_, at, n);
      used_ += n;
      at += n;
      size -= n;
      offset_ += n;
    }
  }
  void pad() noexcept {
    const std::uint64_t zero = 0;
    if (offset_ % 8 != 0) put(&zero, 8 - offset_ % 8);
  }
  void flush() noexcept {
    for (std::size_t i = 0; i + 8 <= used_; i += 8) {
      std::uint64_t word;
      memcpy(&word, buffer_.data() + i, sizeof word);
      checksum_ = checksum_step(checksum_, word);
    }
    if (error_ == 0 && is_lost(fd_)) error_ = EBADF;
    if (error_ == 0 && used_ != 0) error_ = write_all(fd_, buffer_.data(), used_);
    used_ = 0;
  }

  std::uint64_t offset() const noexcept { return offset_; }  // in the file
  std::uint64_t checksum() const noexcept { return checksum_; }
  int error() const noexcept { return error_; }

 private:
  static constexpr std::size_t kBuffer = 65536;  // a multiple of 8: words never straddle a flush

  int fd_;
  int error_ = 0;
  std::uint64_t offset_ = sizeof(SnapshotHeader);
  std::uint64_t checksum_ = kChecksumSeed;
  std::size_t used_ = 0;
  PageArray<char> buffer_;  // not on the stack: the checking thread may have a small one
};

class Writer {
 public:
  Writer(int fd, SnapshotContents& contents) noexcept : c_(contents), stream_(fd) { add_string(""); }

  int write(int fd) noexcept {
    const SnapshotHeader nothing{};
    if (const int error = write_all(fd, &nothing, sizeof nothing); error != 0) return error;
    // Strings come last: the other sections add theirs on the way.
    modules();
    stacks_used();
    frames_and_stacks();
    vtables();
    blocks();
    objects();
    slots();
    section(Section::pointers, c_.recording.pointers.data(), c_.recording.pointers.size());
    section(Section::counts, c_.recording.counts.data(), c_.recording.counts.size());
    section(Section::root_words, c_.recording.root_words.data(), c_.recording.root_words.size());
    section(Section::calls, c_.calls.data(), c_.calls.size());
    reasons_given();
    notes();
    census();
    arguments();
    header_.program = add_string(c_.modules.program());
    const char* suppressions = g_state.leak_suppressions;
    if (suppressions != nullptr && suppressions[0] != '\0') header_.leak_suppressions = add_string(suppressions);
    section(Section::strings, strings_.data(), strings_.size());
    stream_.flush();
    if (stream_.error() != 0) return stream_.error();
    if (strings_.failed() || row_of_stack_.failed()) return ENOMEM;
    return write_header(fd);
  }

 private:
  template <class Row>
  void begin(Section which, std::size_t count) noexcept {
    stream_.pad();
    header_.sections[static_cast<std::uint32_t>(which)] = {stream_.offset(), count, sizeof(Row), 0};
  }
  template <class Row>
  void section(Section which, const Row* rows, std::size_t count) noexcept {
    begin<Row>(which, count);
    stream_.put(rows, count * sizeof(Row));
    stream_.pad();
  }

  std::uint32_t add_string(const char* text, std::size_t size) noexcept {
    const std::size_t at = strings_.size();
    if (!strings_.resize(at + size + 1)) return 0;
    memcpy(strings_.data() + at, text, size);
    strings_[at + size] = '\0';
    return static_cast<std::uint32_t>(at);
  }
  std::uint32_t add_string(const char* text) noexcept { return add_string(text, strlen(text)); }

  std::uint32_t add_build_id(const Module& m) noexcept {
    if (m.build_id == 0 || m.build_id_size == 0 || m.build_id_size > 64) return 0;
    char hex[2 * 64];
    const auto* bytes = reinterpret_cast<const unsigned char*>(m.build_id);
    for (std::uint32_t i = 0; i < m.build_id_size; ++i) {
      hex[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
      hex[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    return add_string(hex, 2 * m.build_id_size);
  }

  void modules() noexcept {
    const auto& mapped = c_.modules.modules();
    const auto& moved = c_.modules.moved_modules();  // their addresses lie behind all others
    begin<ModuleRow>(Section::modules, mapped.size() + moved.size());
    for (const Module& m : mapped) module(m);
    for (const Module& m : moved) module(m);
  }
  void module(const Module& m) noexcept {
    const ModuleRow row = {m.bias, m.low, m.high, add_string(c_.modules.name(m)), add_build_id(m)};
    stream_.put(&row, sizeof row);
  }

  // Gives a row to each stack that the recording names, in order of first use.
  void stacks_used() noexcept {
    if (!row_of_stack_.resize(stack_id_limit())) return;
    ids_.push(0);
    const auto use = [this](std::uint32_t id) {
      if (id == 0 || row_of_stack_[id] != 0) return;
      row_of_stack_[id] = static_cast<std::uint32_t>(ids_.size());
      ids_.push(id);
    };
    for (const std::uint32_t o : c_.recording.objects) use(c_.objects[o].stack);
    for (const std::uint32_t b : c_.recording.blocks) use(c_.heap[b].stack);
    for (const SlotRow& s : c_.recording.slots) use(s.stack);
    for (const CensusEntry& e : c_.census) use(e.stack);
  }
  std::uint32_t stack_row(std::uint32_t id) const noexcept {
    return id < row_of_stack_.size() ? row_of_stack_[id] : 0;
  }

  void frames_and_stacks() noexcept {
    std::size_t frames = 0;
    for (const std::uint32_t id : ids_) frames += get_stack(static_cast<StackId>(id)).count;
    begin<std::uint64_t>(Section::frames, frames);
    for (const std::uint32_t id : ids_) {
      const StackFrames s = get_stack(static_cast<StackId>(id));
      stream_.put(s.frames, s.count * sizeof s.frames[0]);
    }
    begin<StackRow>(Section::stacks, ids_.size());
    std::uint32_t first = 0;
    for (const std::uint32_t id : ids_) {
      const StackRow row = {first, get_stack(static_cast<StackId>(id)).count};
      stream_.put(&row, sizeof row);
      first += row.count;
    }
  }

  std::uint32_t vtable_row(std::uint32_t class_index) noexcept {
    if (class_index == kNoIndex) return kNone;
    ClassInfo& info = c_.classes[class_index];
    if (info.row == kNoIndex) {
      info.row = static_cast<std::uint32_t>(vtables_.size());
      vtables_.push(class_index);
    }
    return info.row;
  }

  void vtables() noexcept {
    for (const std::uint32_t o : c_.recording.objects) vtable_row(c_.objects[o].class_index);
    for (const std::uint32_t c : c_.recording.block_classes) vtable_row(c);
    for (const std::uint32_t c : c_.recording.pointed_classes) vtable_row(c);
    for (const CensusEntry& e : c_.census) vtable_row(e.class_index);
    begin<VtableRow>(Section::vtables, vtables_.size());
    for (const std::uint32_t i : vtables_) {
      const ClassInfo& info = c_.classes[i];
      VtableRow row{};
      row.address = info.vtable;
      for (unsigned f = 0; f < kVtableFunctions; ++f) row.functions[f] = info.functions[f];
      row.name = info.name != nullptr ? add_string(info.name) : 0;
      stream_.put(&row, sizeof row);
    }
  }

  void blocks() noexcept {
    begin<BlockRow>(Section::blocks, c_.recording.blocks.size());
    for (std::size_t i = 0; i < c_.recording.blocks.size(); ++i) {
      const Block& block = c_.heap[c_.recording.blocks[i]];
      BlockRow row{};
      row.address = block.start;
      row.size = block.size;
      row.stack = stack_row(block.stack);
      row.vtable = vtable_row(c_.recording.block_classes[i]);
      row.object = block.object != kNoIndex ? c_.objects[block.object].row : kNone;
      if ((block.state & kBlockRooted) != 0) row.flags |= kRootedArena;
      if ((block.state & kBlockIgnored) != 0) row.flags |= snapshot::kIgnoredBlock;
      if ((block.state & kBlockOwned) != 0) row.flags |= kOwnedBlock;
      stream_.put(&row, sizeof row);
    }
  }

  void objects() noexcept {
    begin<ObjectRow>(Section::objects, c_.recording.objects.size());
    for (std::size_t i = 0; i < c_.recording.objects.size(); ++i) {
      const Object& o = c_.objects[c_.recording.objects[i]];
      ObjectRow row{};
      row.control = o.control;
      row.managed = o.managed;
      row.control_block = c_.heap[o.control_block].row;
      row.managed_block = o.managed_block != kNoIndex ? c_.heap[o.managed_block].row : kNone;
      row.vtable = vtable_row(o.class_index);
      row.use_count = o.use_count;
      row.weak_count = o.weak_count;
      row.stack = stack_row(o.stack);
      row.birth = o.birth;
      row.first_slot = c_.recording.first_slot[i];
      row.slot_count = c_.recording.first_slot[i + 1] - row.first_slot;
      row.family = o.family().id;
      if ((o.state & kObjSeen) != 0) row.flags |= kObjectSeen;
      if ((o.state & kObjAnnounced) != 0) row.flags |= kObjectAnnounced;
      if (o.holding == Holding::in_place) row.flags |= kObjectInPlace;
      if (o.adopted()) row.flags |= kObjectAdopted;
      if ((o.state & kObjOwned) != 0) row.flags |= kObjectOwned;
      stream_.put(&row, sizeof row);
    }
  }

  void slots() noexcept {
    begin<SlotRow>(Section::slots, c_.recording.slots.size());
    for (SlotRow row : c_.recording.slots) {
      row.stack = stack_row(row.stack);
      stream_.put(&row, sizeof row);
    }
  }

  void reasons_given() noexcept {
    PageArray<ReasonRow> rows;
    for (const std::uint32_t b : c_.recording.blocks) {
      const bool accepted = (c_.heap[b].state & kBlockIgnored) != 0;
      const std::uint32_t reason = accepted ? reason_for(c_.heap[b].start) : 0;
      if (reason != 0) rows.push({c_.heap[b].start, reason, 0});
    }
    if (!rows.empty()) {
      Reasons& given = reasons();
      const LockGuard guard(given.lock, waited_long_for_fork);
      if (!guard.is_locked()) rows.clear();
      const std::uint32_t text = add_string(given.text.data(), guard.is_locked() ? given.text.size() : 0);
      for (ReasonRow& row : rows) row.reason += text;
    }
    section(Section::reasons, rows.data(), rows.size());
  }

  void notes() noexcept {
    NoteRow rows[10];
    std::size_t count = 0;
    const auto note = [&](NoteKind kind, std::uint64_t n, std::int32_t example = 0) {
      if (n != 0) rows[count++] = {kind, example, n};
    };
    note(NoteKind::thread_not_paused, c_.unanswered_threads);
    note(NoteKind::table_full, g_live.dropped.load(std::memory_order_relaxed));
    note(NoteKind::stacks_full, stacks_dropped());
    note(NoteKind::foreign_objects, c_.objects.foreign());
    note(NoteKind::libraries_forgotten, forgotten_modules());
    note(NoteKind::unreadable_blocks, c_.heap.unreadable());
    note(NoteKind::unreadable_roots, c_.unreadable_roots);
    const auto& use = c_.objects.impossible_use();
    const auto& weak = c_.objects.impossible_weak();
    note(NoteKind::impossible_use_counts, use.objects, use.count);
    note(NoteKind::impossible_weak_counts, weak.objects, weak.count);
    note(NoteKind::overwritten_controls, c_.objects.overwritten());
    section(Section::notes, rows, count);
  }

  void census() noexcept {
    begin<CensusRow>(Section::census, c_.census.size());
    for (const CensusEntry& e : c_.census) {
      const CensusRow row = {e.objects, vtable_row(e.class_index), stack_row(e.stack), e.stack, 0};
      stream_.put(&row, sizeof row);
    }
  }

  void arguments() noexcept {
    PageArray<std::uint32_t> offsets;
    PageArray<char> text;
    read_command_line(text);
    for (std::size_t at = 0; at < text.size();) {
      offsets.push(add_string(text.data() + at));
      at += strlen(text.data() + at) + 1;
    }
    section(Section::arguments, offsets.data(), offsets.size());
  }

  // NUL-separated, as the kernel keeps it.
  static void read_command_line(PageArray<char>& text) noexcept {
    const int fd = kernel::open(kCommandLine.path(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    std::size_t used = 0;
    char buffer[4096];
    for (ssize_t n; (n = kernel::read(fd, buffer, sizeof buffer)) > 0;) {
      if (!text.resize(used + static_cast<std::size_t>(n))) break;
      memcpy(text.data() + used, buffer, static_cast<std::size_t>(n));
      used += static_cast<std::size_t>(n);
    }
    kernel::close(fd);
    if (used != 0 && text[used - 1] != '\0') text.push('\0');
  }

  int write_header(int fd) noexcept {
    memcpy(header_.magic, kMagic, sizeof header_.magic);
    header_.version = kSnapshotVersion;
    header_.header_size = sizeof header_;
    header_.file_size = stream_.offset();
    header_.pid = static_cast<std::uint32_t>(kernel::getpid());
    header_.exit_status = c_.exit_status;
    header_.check = c_.check;
    if (shim_seen()) header_.flags |= kFlagShim;
    if (c_.whole_heap) header_.flags |= kFlagWholeHeap;
    header_.asked = c_.asked;
    header_.live_blocks = c_.heap.blocks().size();
    header_.live_objects = c_.objects.size();
    header_.owned_objects = c_.owned_objects;
    header_.checksum = checksum_header(stream_.checksum(), header_);
    if (is_lost(fd)) return EBADF;
    const ssize_t n = kernel::pwrite(fd, &header_, sizeof header_, 0);
    return n == static_cast<ssize_t>(sizeof header_) ? 0 : n < 0 ? errno : EIO;
  }

  SnapshotContents& c_;
  SnapshotHeader header_{};
  PageArray<char> strings_;
  PageArray<std::uint32_t> row_of_stack_;  // by StackId; 0: not used
  PageArray<std::uint32_t> ids_;           // StackId by row
  PageArray<std::uint32_t> vtables_;       // class index by row
  Stream stream_;
};

}  // namespace

int write_snapshot(int fd, SnapshotContents contents) noexcept { return Writer(fd, contents).write(fd); }

}  // namespace gordian::rt
