// unit_search.cpp - see unit_search.h.
#include "program/dwarf/unit_search.h"

#include <gelf.h>

#include <algorithm>
#include <bitset>
#include <limits>
#include <memory>
#include <unordered_map>

#include "program/dwarf/byte_search.h"

namespace gordian {
namespace {

constexpr std::size_t kMostOffsets = 4096;  // of strings that begin with the name
constexpr std::size_t kFewOffsets = 4;      // each can be searched for by itself

template <class Number>
Number load(std::string_view bytes, std::size_t at) {
  Number number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

// A section's bytes as libdw reads them; empty when there is none.
std::string_view section(Elf* elf, std::string_view name) {
  std::size_t names = 0;
  if (elf == nullptr || elf_getshdrstrndx(elf, &names) != 0) {
    return {};
  }
  Elf_Scn* at = nullptr;
  while ((at = elf_nextscn(elf, at)) != nullptr) {
    GElf_Shdr header;
    if (gelf_getshdr(at, &header) == nullptr || header.sh_type == SHT_NOBITS) {
      continue;
    }
    const char* its_name = elf_strptr(elf, names, header.sh_name);
    if (its_name == nullptr || name != its_name) {
      continue;
    }
    const Elf_Data* data = elf_getdata(at, nullptr);
    return data != nullptr && data->d_buf != nullptr
               ? std::string_view(static_cast<const char*>(data->d_buf), data->d_size)
               : std::string_view();
  }
  return {};
}

// Whether the name ends at `at`, or its template arguments begin there.
bool ends_name(std::string_view bytes, std::size_t at) {
  return at < bytes.size() && (bytes[at] == '\0' || bytes[at] == '<');
}

bool has_name(std::string_view bytes, std::string_view base) {
  bool found = false;
  for_each_place(base, bytes, [&](std::size_t at) { found = found || ends_name(bytes, at + base.size()); });
  return found;
}

// Numbers, and which last sixteen bits they have: nearly all others are told apart by those.
class OffsetSet {
 public:
  explicit OffsetSet(const std::vector<std::uint64_t>& offsets) : offsets_(offsets) {
    for (const std::uint64_t offset : offsets) {
      endings_->set(offset & 0xffff);
    }
  }
  bool has(std::uint64_t offset) const {
    return endings_->test(offset & 0xffff) && std::binary_search(offsets_.begin(), offsets_.end(), offset);
  }

 private:
  const std::vector<std::uint64_t>& offsets_;  // ascending
  std::unique_ptr<std::bitset<0x10000>> endings_ = std::make_unique<std::bitset<0x10000>>();
};

// Whether the DIEs hold one of the offsets, somewhere: they are not aligned. (Where offsets have eight bytes,
// the first four are looked at.)
bool has_offset(std::string_view dies, const std::vector<std::uint64_t>& offsets, const OffsetSet& set) {
  bool found = false;
  if (offsets.size() <= kFewOffsets) {
    for (const std::uint64_t offset : offsets) {
      const auto low = static_cast<std::uint32_t>(offset);
      const std::string_view needle(reinterpret_cast<const char*>(&low), sizeof low);
      for_each_place(needle, dies, [&](std::size_t) { found = true; });
    }
    return found;
  }
  for (std::size_t at = 0; !found && at + 4 <= dies.size(); ++at) {
    found = set.has(load<std::uint32_t>(dies, at));
  }
  return found;
}

bool has_listed_offset(std::string_view list, std::size_t offset_size, const OffsetSet& set) {
  for (std::size_t at = 0; at + offset_size <= list.size(); at += offset_size) {
    const std::uint64_t offset =
        offset_size == 8 ? load<std::uint64_t>(list, at) : load<std::uint32_t>(list, at);
    if (set.has(offset)) {
      return true;
    }
  }
  return false;
}

}  // namespace

UnitSearch::UnitSearch(Dwarf* dwarf, std::span<const Dwarf_Die> roots, const std::vector<bool>& elsewhere) {
  Elf* elf = dwarf_getelf(dwarf);
  strings_ = section(elf, ".debug_str");
  // dwz moves names that several files share to a file of their own.
  possible_ = !strings_.empty() && strings_.size() <= std::numeric_limits<std::uint32_t>::max() &&
              section(elf, ".gnu_debugaltlink").empty();
  if (!possible_) {
    return;
  }
  const std::string_view sections[] = {section(elf, ".debug_info"), section(elf, ".debug_types")};
  const std::string_view string_offsets = section(elf, ".debug_str_offsets");
  for (std::size_t i = 0; i < roots.size(); ++i) {
    Area& area = areas_.emplace_back();
    area.always = elsewhere[i];
    const auto* start = static_cast<const char*>(roots[i].addr);
    const auto home = std::find_if(std::begin(sections), std::end(sections), [&](std::string_view bytes) {
      return start >= bytes.data() && start < bytes.data() + bytes.size();
    });
    if (home == std::end(sections)) {
      area.always = true;
      continue;
    }
    // Up to the next unit's; its header does no harm.
    const char* end = home->data() + home->size();
    const auto* next = i + 1 < roots.size() ? static_cast<const char*>(roots[i + 1].addr) : end;
    area.bytes = std::string_view(start, next > start && next < end ? next : end);
    add_string_offsets(area, roots[i], string_offsets);
  }
}

// DWARF 5, 7.26: the unit's base is that of its first offset; the header in front of it tells how many there
// are.
void UnitSearch::add_string_offsets(Area& area, Dwarf_Die root, std::string_view section) const {
  Dwarf_Attribute attribute;
  Dwarf_Word base = 0;
  if (dwarf_attr(&root, DW_AT_str_offsets_base, &attribute) == nullptr) {
    return;
  }
  constexpr std::uint32_t kLong = 0xffffffff;
  const bool read = dwarf_formudata(&attribute, &base) == 0 && base <= section.size();
  if (!read || base < 8) {
    area.always = true;
    return;
  }
  const bool is_long = base >= 16 && load<std::uint32_t>(section, base - 16) == kLong;
  area.offset_size = is_long ? 8 : 4;
  const std::uint64_t length =
      is_long ? load<std::uint64_t>(section, base - 12) : load<std::uint32_t>(section, base - 8);
  // The length counts the version and the padding behind it.
  area.always = area.always || length < 4 || length - 4 > section.size() - base;
  area.string_offsets = area.always ? std::string_view() : section.substr(base, length - 4);
}

std::optional<std::vector<std::uint64_t>> UnitSearch::offsets_of(std::string_view base) const {
  std::vector<std::uint64_t> offsets;
  // In the midst of a string, too: linkers let a string that another ends with lie there.
  for_each_place(base, strings_, [&](std::size_t at) {
    if (ends_name(strings_, at + base.size()) && offsets.size() <= kMostOffsets) {
      offsets.push_back(at);
    }
  });
  return offsets.size() <= kMostOffsets ? std::optional(std::move(offsets)) : std::nullopt;
}

std::optional<std::vector<std::uint32_t>> UnitSearch::units_naming(std::string_view base) const {
  const auto offsets = possible_ && !base.empty() ? offsets_of(base) : std::nullopt;
  if (!offsets) {
    return std::nullopt;
  }
  const OffsetSet set(*offsets);
  // All units of an object file may share one list: type units do.
  std::unordered_map<const char*, bool> lists;
  const auto list_has = [&](const Area& area) {
    const auto [known, is_new] = lists.try_emplace(area.string_offsets.data());
    if (is_new) known->second = has_listed_offset(area.string_offsets, area.offset_size, set);
    return known->second;
  };
  std::vector<std::uint32_t> units;
  for (std::uint32_t i = 0; i < areas_.size(); ++i) {
    const Area& area = areas_[i];
    const auto knows = [&] {
      return area.string_offsets.empty() ? has_offset(area.bytes, *offsets, set) : list_has(area);
    };
    // dwz writes a string that is used once among the DIEs, g++ a short one.
    if (area.always || knows() || has_name(area.bytes, base)) {
      units.push_back(i);
    }
  }
  return units;
}

}  // namespace gordian
