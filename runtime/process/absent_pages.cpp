// absent_pages.cpp - see absent_pages.h. Format: proc(5), /proc/pid/smaps.
#include "process/absent_pages.h"

#include "process/descriptors.h"
#include "process/memory_map.h"
#include "process/touched_pages.h"

namespace gordian::rt {

bool has_userfaultfd() noexcept {
  bool found = false;
  const bool told = for_each_descriptor([&](int directory, const char* name) {
    found = is_descriptor_of(directory, name, "anon_inode:[userfaultfd]");
    return !found;
  });
  return found || !told;
}

bool list_absent_pages(PageArray<AddressRange>& absent) noexcept {
  MemoryMap map;
  if (!map.read_with_flags()) return false;
  const TouchedPages touched;
  if (!touched.is_told()) return false;
  for (const Mapping& m : map.mappings()) {
    if (!m.filled_by_program) continue;
    Address at = m.low;
    const auto end_absent = [&](Address high) {
      if (at != high) absent.push({at, high});
    };
    touched.for_each_part(m.low, m.high, [&](Address from, Address to) {
      end_absent(from);
      at = to;
    }, 0);
    end_absent(m.high);
  }
  return !absent.failed();
}

}  // namespace gordian::rt
