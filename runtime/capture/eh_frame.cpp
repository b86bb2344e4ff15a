// eh_frame.cpp - see eh_frame.h. From the module to the entry, from the entry to the row, by its instructions.
#include "capture/eh_frame.h"

#include <dlfcn.h>
#include <link.h>

#include "machine/dwarf.h"

namespace gordian::rt {
namespace {

constexpr std::uint8_t kUnwindVersion = 1;

// Pointer encodings (LSB Core, 10.5.1): how the value is stored, and what it is relative to.
constexpr std::uint8_t kTable = 0x3b;      // 4 bytes, signed, relative to .eh_frame_hdr: what every linker writes
constexpr std::uint8_t kStoredAs = 0x0f;
constexpr std::uint8_t kRelativeTo = 0x70;
constexpr std::uint8_t kIndirect = 0x80;

// Reads forward in one entry. Once it would leave it, good() is false and zeros come.
class Bytes {
 public:
  Bytes(const std::uint8_t* at, const std::uint8_t* end) noexcept : at_(at), end_(end) {}

  bool good() const noexcept { return good_; }
  bool at_end() const noexcept { return at_ >= end_ || !good_; }
  const std::uint8_t* at() const noexcept { return at_; }
  const std::uint8_t* end() const noexcept { return end_; }

  template <class T>
  T read() noexcept {
    T value{};
    if (static_cast<std::size_t>(end_ - at_) < sizeof value) {
      good_ = false;
      return value;
    }
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }

  std::uint64_t uleb() noexcept {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = read<std::uint8_t>();
      if (shift < 64) value |= std::uint64_t{byte & 0x7fu} << shift;
      if ((byte & 0x80) == 0) return value;
    }
  }
  std::int64_t sleb() noexcept {
    std::uint64_t value = 0;
    for (unsigned shift = 0;;) {
      const auto byte = read<std::uint8_t>();
      if (shift < 64) value |= std::uint64_t{byte & 0x7fu} << shift;
      shift += 7;
      if ((byte & 0x80) != 0) continue;
      if (shift < 64 && (byte & 0x40) != 0) value |= ~std::uint64_t{0} << shift;
      return static_cast<std::int64_t>(value);
    }
  }

  // An address or, without its high bits, a length.
  std::uint64_t encoded(std::uint8_t encoding) noexcept {
    const auto here = reinterpret_cast<Address>(at_);
    std::uint64_t value = 0;
    switch (encoding & kStoredAs) {
      case 0x00:
      case 0x04:
      case 0x0c: value = read<std::uint64_t>(); break;
      case 0x03: value = read<std::uint32_t>(); break;
      case 0x0b: value = static_cast<std::uint64_t>(std::int64_t{read<std::int32_t>()}); break;
      case 0x01: value = uleb(); break;
      case 0x09: value = static_cast<std::uint64_t>(sleb()); break;
      default: good_ = false;
    }
    const std::uint8_t relative = encoding & kRelativeTo;
    if (relative == 0x10) value += here;
    if ((relative != 0x00 && relative != 0x10) || (encoding & kIndirect) != 0) good_ = false;
    return value;
  }

  const std::uint8_t* skip(std::uint64_t count) noexcept {
    const std::uint8_t* const skipped = at_;
    if (count > static_cast<std::size_t>(end_ - at_)) {
      good_ = false;
    } else {
      at_ += count;
    }
    return skipped;
  }
  const char* text() noexcept {
    const auto* const text = reinterpret_cast<const char*>(at_);
    while (read<std::uint8_t>() != 0) {
    }
    return text;
  }

 private:
  const std::uint8_t* at_;
  const std::uint8_t* end_;
  bool good_ = true;
};

// A common information entry, what many frame descriptions share.
struct Common {
  const std::uint8_t* instructions = nullptr;
  const std::uint8_t* end = nullptr;
  std::uint64_t code_factor = 0;
  std::int64_t data_factor = 0;
  std::uint8_t encoding = 0;
  bool augmented = false;
  bool signal = false;
};

// The bytes of an entry behind its length; empty for the end mark and the 64-bit form, which nobody writes.
Bytes entry_at(const std::uint8_t* at) noexcept {
  std::uint32_t length = 0;
  std::memcpy(&length, at, sizeof length);
  const std::uint8_t* const begin = at + sizeof length;
  return {begin, length == 0xffffffffu ? begin : begin + length};
}

bool read_common(const std::uint8_t* at, const DwarfMachine& machine, Common& common) noexcept {
  Bytes bytes = entry_at(at);
  common.end = bytes.end();
  if (bytes.read<std::uint32_t>() != 0) return false;  // not a common entry
  const auto version = bytes.read<std::uint8_t>();
  if (version != 1 && version != 3) return false;
  const char* letter = bytes.text();
  common.code_factor = bytes.uleb();
  common.data_factor = bytes.sleb();
  if ((version == 1 ? bytes.read<std::uint8_t>() : bytes.uleb()) != machine.return_address) return false;
  if (*letter == 'z') {
    common.augmented = true;
    const std::uint64_t length = bytes.uleb();
    const std::uint8_t* const begin = bytes.skip(length);
    Bytes data(begin, bytes.at());
    for (++letter; *letter != '\0'; ++letter) {
      if (*letter == 'R') {
        common.encoding = data.read<std::uint8_t>();
      } else if (*letter == 'L') {
        data.read<std::uint8_t>();
      } else if (*letter == 'P') {
        data.encoded(data.read<std::uint8_t>() & kStoredAs);
      } else if (*letter == 'S') {
        common.signal = true;
      } else if (*letter != 'B') {
        return false;
      }
    }
  } else if (*letter != '\0') {
    return false;
  }
  common.instructions = bytes.at();
  return bytes.good();
}

// Runs the instructions up to one address (DWARF 5, 6.4.3).
class Rows {
 public:
  Rows(const Common& common, const DwarfMachine& machine, Address start, Address wanted) noexcept
      : common_(common), machine_(machine), location_(start), wanted_(wanted) {}

  bool run(const std::uint8_t* begin, const std::uint8_t* end) noexcept {
    if (!execute({common_.instructions, common_.end})) return false;
    initial_ = now_;
    return execute({begin, end});
  }

  FrameKind rule(FrameRule& rule) const noexcept {
    if (now_.return_undefined) return FrameKind::outermost;
    const std::int32_t return_offset = now_.rule.return_offset;
    const bool return_fits = machine_.saves_return_anywhere ? return_offset < 0 : return_offset == -8;
    const bool usual = now_.return_saved && return_fits && now_.cfa_known && now_.fp_known && now_.sp_is_cfa;
    if (!usual) return FrameKind::unusual;
    rule = now_.rule;
    return FrameKind::usual;
  }

 private:
  struct State {
    FrameRule rule;
    bool cfa_known = false;
    bool fp_known = true;
    bool sp_is_cfa = true;
    bool return_saved = false;
    bool return_undefined = false;
  };
  static constexpr unsigned kMostRemembered = 16;

  void define_cfa(std::uint64_t reg, std::int64_t offset) noexcept {
    define_cfa_register(reg);
    now_.rule.cfa_offset = static_cast<std::int32_t>(offset);
  }
  void define_cfa_register(std::uint64_t reg) noexcept {
    now_.cfa_known = reg == machine_.sp || reg == machine_.fp;
    now_.rule.cfa = reg == machine_.fp ? FrameRule::Cfa::fp : FrameRule::Cfa::sp;
  }
  // A register plus an offset, in an expression (DWARF 5, 2.5.1.2): DW_OP_breg0 and on.
  bool is_fp(std::uint8_t operation) const noexcept { return operation == 0x70 + machine_.fp; }
  // `*(fp + offset)`, by which functions that align their stack find their way.
  void define_cfa_expression(Bytes expression) noexcept {
    constexpr std::uint8_t kDeref = 0x06;
    const bool of_fp = is_fp(expression.read<std::uint8_t>());
    const std::int64_t offset = of_fp ? expression.sleb() : 0;
    now_.cfa_known = of_fp && expression.read<std::uint8_t>() == kDeref && expression.at_end() && expression.good();
    now_.rule.cfa = FrameRule::Cfa::at_fp;
    now_.rule.cfa_offset = static_cast<std::int32_t>(offset);
  }
  void save(std::uint64_t reg, std::int64_t offset) noexcept {
    if (reg == machine_.fp) {
      now_.fp_known = true;
      now_.rule.fp = FrameRule::Fp::at_cfa;
      now_.rule.fp_offset = static_cast<std::int32_t>(offset);
    } else if (reg == machine_.return_address) {
      now_.return_saved = true;
      now_.return_undefined = false;
      now_.rule.return_offset = static_cast<std::int32_t>(offset);
    } else if (reg == machine_.sp) {
      now_.sp_is_cfa = false;
    }
  }
  void save_by_expression(std::uint64_t reg, Bytes expression) noexcept {
    const bool at_fp = is_fp(expression.read<std::uint8_t>()) && expression.sleb() == 0 && expression.at_end();
    if (reg != machine_.fp || !at_fp || !expression.good()) {
      save_elsewhere(reg);
      return;
    }
    now_.fp_known = true;
    now_.rule.fp = FrameRule::Fp::at_fp;
  }
  void save_elsewhere(std::uint64_t reg) noexcept {
    if (reg == machine_.fp) now_.fp_known = false;
    if (reg == machine_.sp) now_.sp_is_cfa = false;
    if (reg == machine_.return_address) now_.return_saved = now_.return_undefined = false;
  }
  // The C++ runtime's unwinder leaves a register that is undefined as it is.
  void keep(std::uint64_t reg, bool undefined) noexcept {
    if (reg == machine_.fp) {
      now_.fp_known = true;
      now_.rule.fp = FrameRule::Fp::same;
    } else if (reg == machine_.return_address) {
      now_.return_undefined = undefined;
      now_.return_saved = false;
    } else if (reg == machine_.sp) {
      now_.sp_is_cfa = true;
    }
  }
  void restore(std::uint64_t reg) noexcept {
    if (reg == machine_.fp) {
      now_.fp_known = initial_.fp_known;
      now_.rule.fp = initial_.rule.fp;
      now_.rule.fp_offset = initial_.rule.fp_offset;
    } else if (reg == machine_.return_address) {
      now_.return_saved = initial_.return_saved;
      now_.rule.return_offset = initial_.rule.return_offset;
      now_.return_undefined = initial_.return_undefined;
    } else if (reg == machine_.sp) {
      now_.sp_is_cfa = initial_.sp_is_cfa;
    }
  }
  static Bytes block(Bytes& bytes) noexcept {
    const std::uint64_t length = bytes.uleb();
    const std::uint8_t* const begin = bytes.skip(length);
    return {begin, bytes.at()};
  }
  std::int64_t scaled(std::uint64_t offset) const noexcept {
    return static_cast<std::int64_t>(offset) * common_.data_factor;
  }

  // False where the instruction is not known, or the row we want has begun.
  bool execute(Bytes bytes) noexcept {
    while (!bytes.at_end() && !arrived_) {
      if (!step(bytes)) return false;
    }
    return bytes.good() || arrived_;
  }
  bool advance(std::uint64_t to) noexcept {
    arrived_ = to > wanted_;
    location_ = to;
    return true;
  }
  bool step(Bytes& bytes) noexcept;
  bool step_by_number(std::uint8_t operation, Bytes& bytes) noexcept;

  const Common& common_;
  const DwarfMachine& machine_;
  Address location_;
  Address wanted_;
  bool arrived_ = false;
  State now_;
  State initial_;
  State remembered_[kMostRemembered];
  unsigned depth_ = 0;
};

bool Rows::step(Bytes& bytes) noexcept {
  const auto operation = bytes.read<std::uint8_t>();
  const std::uint64_t low = operation & 0x3fu;
  switch (operation >> 6) {
    case 1: return advance(location_ + low * common_.code_factor);
    case 2: save(low, scaled(bytes.uleb())); return true;
    case 3: restore(low); return true;
    default: return step_by_number(operation, bytes);
  }
}

bool Rows::step_by_number(std::uint8_t operation, Bytes& bytes) noexcept {
  std::uint64_t reg = 0;
  switch (operation) {
    case 0x00: return true;                                                                 // nop
    case 0x01: return advance(bytes.encoded(common_.encoding));                             // set_loc
    case 0x02: return advance(location_ + bytes.read<std::uint8_t>() * common_.code_factor);   // advance_loc1
    case 0x03: return advance(location_ + bytes.read<std::uint16_t>() * common_.code_factor);  // advance_loc2
    case 0x04: return advance(location_ + bytes.read<std::uint32_t>() * common_.code_factor);  // advance_loc4
    case 0x05: reg = bytes.uleb(); save(reg, scaled(bytes.uleb())); return true;            // offset_extended
    case 0x06: restore(bytes.uleb()); return true;                                          // restore_extended
    case 0x07: keep(bytes.uleb(), true); return true;                                       // undefined
    case 0x08: keep(bytes.uleb(), false); return true;                                      // same_value
    case 0x09: save_elsewhere(bytes.uleb()); bytes.uleb(); return true;                     // register
    case 0x0a:                                                                              // remember_state
      if (depth_ == kMostRemembered) return false;
      remembered_[depth_++] = now_;
      return true;
    case 0x0b:                                                                              // restore_state
      if (depth_ == 0) return false;
      now_ = remembered_[--depth_];
      return true;
    case 0x0c: reg = bytes.uleb(); define_cfa(reg, static_cast<std::int64_t>(bytes.uleb())); return true;  // def_cfa
    case 0x0d: define_cfa_register(bytes.uleb()); return true;                              // def_cfa_register
    case 0x0e: now_.rule.cfa_offset = static_cast<std::int32_t>(bytes.uleb()); return true;  // def_cfa_offset
    case 0x0f: define_cfa_expression(block(bytes)); return true;                            // def_cfa_expression
    case 0x10: reg = bytes.uleb(); save_by_expression(reg, block(bytes)); return true;      // expression
    case 0x11: reg = bytes.uleb(); save(reg, bytes.sleb() * common_.data_factor); return true;  // offset_extended_sf
    case 0x12: reg = bytes.uleb(); define_cfa(reg, bytes.sleb() * common_.data_factor); return true;  // def_cfa_sf
    case 0x13:                                                                              // def_cfa_offset_sf
      now_.rule.cfa_offset = static_cast<std::int32_t>(bytes.sleb() * common_.data_factor);
      return true;
    case 0x14: save_elsewhere(bytes.uleb()); bytes.uleb(); return true;                     // val_offset
    case 0x15: save_elsewhere(bytes.uleb()); bytes.sleb(); return true;                     // val_offset_sf
    case 0x16: save_elsewhere(bytes.uleb()); block(bytes); return true;                     // val_expression
    case 0x2d: return machine_.signs_return;             // AARCH64_negate_ra_state; see load_return_address()
    case 0x2e: bytes.uleb(); return true;                                                   // GNU_args_size
    case 0x2f: reg = bytes.uleb(); save(reg, -scaled(bytes.uleb())); return true;           // GNU_negative_offset
    default: return false;
  }
}

// The .eh_frame_hdr of a module, where it has a sorted table; null where it has none.
const std::uint8_t* find_table(const dl_find_object& module) noexcept {
  const auto* const header = static_cast<const std::uint8_t*>(module.dlfo_eh_frame);
  if (header == nullptr) return nullptr;
  // version, how the pointer to .eh_frame, the count and the table are encoded, that pointer, the count
  const bool usual = header[0] == kUnwindVersion && header[1] == 0x1b && header[2] == 0x03 && header[3] == kTable;
  return usual ? header : nullptr;
}

// The last frame description in the table that starts at or before `pc`; null where there is none.
const std::uint8_t* find_description(const std::uint8_t* header, Address pc) noexcept {
  std::uint32_t count = 0;
  std::memcpy(&count, header + 8, sizeof count);
  struct Entry {
    std::int32_t start;
    std::int32_t description;
  };
  const auto* const entries = reinterpret_cast<const Entry*>(header + 12);
  const auto wanted = static_cast<std::int64_t>(pc) - static_cast<std::int64_t>(reinterpret_cast<Address>(header));
  if (count == 0 || entries[0].start > wanted) return nullptr;
  std::uint32_t low = 0;
  for (std::uint32_t left = count; left > 1;) {
    const std::uint32_t half = left / 2;
    if (entries[low + half].start <= wanted) {
      low += half;
      left -= half;
    } else {
      left = half;
    }
  }
  return header + entries[low].description;
}

// Code that nothing describes ends the walk, but for the one place that the C++ runtime knows by its bytes: where
// a signal handler returns to.
FrameKind undescribed(Address return_address) noexcept {
  const auto* const code = reinterpret_cast<const std::uint8_t*>(return_address);
  return is_sigreturn(code) ? FrameKind::unusual : FrameKind::outermost;
}

}  // namespace

FrameKind find_frame_rule(Address return_address, FrameRule& rule) noexcept {
  return find_frame_rule(return_address, kDwarf, rule);
}

FrameKind find_frame_rule(Address return_address, const DwarfMachine& machine, FrameRule& rule) noexcept {
  const Address pc = return_address - 1;  // in the call: the next instruction may belong to another function
  dl_find_object module;
  if (::_dl_find_object(reinterpret_cast<void*>(pc), &module) != 0) return FrameKind::nowhere;
  const std::uint8_t* const table = find_table(module);
  if (table == nullptr) return FrameKind::unusual;
  const std::uint8_t* const description = find_description(table, pc);
  if (description == nullptr) return undescribed(return_address);
  Bytes bytes = entry_at(description);
  const std::uint8_t* const at = bytes.at();
  const auto back = bytes.read<std::uint32_t>();
  Common common;
  if (back == 0 || !read_common(at - back, machine, common) || common.signal) return FrameKind::unusual;
  const std::uint64_t start = bytes.encoded(common.encoding);
  const std::uint64_t length = bytes.encoded(common.encoding & kStoredAs);
  if (!bytes.good()) return FrameKind::unusual;
  if (pc < start || pc - start >= length) return undescribed(return_address);
  if (common.augmented) bytes.skip(bytes.uleb());
  Rows rows(common, machine, start, pc);
  if (!bytes.good() || !rows.run(bytes.at(), bytes.end())) return FrameKind::unusual;
  return rows.rule(rule);
}

}  // namespace gordian::rt
