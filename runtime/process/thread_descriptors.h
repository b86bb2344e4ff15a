// thread_descriptors.h - what libc keeps of each thread, its struct pthread, as it tells debuggers where (nptl_db/structs.def).
//
// LeakSanitizer asks the same way. Each answer is {bits of an element, elements, offset}.
#pragma once

#include <cstdint>

#include "base/memory.h"

namespace gordian::rt {

// libc's two lists of descriptors: of threads on stacks of its own, and on the program's. A thread that has ended stays there until
// it is joined. Each head is a node itself; 0 where libc does not tell.
struct DescriptorLists {
  Address heads[2];
  std::size_t next;  // offset in a node
  std::size_t node;  // offset in a descriptor
};

// Asks libc, at the start: later dlsym() might wait for the loader's lock.
void find_thread_descriptors() noexcept;

// In bytes. Where libc does not tell, that of glibc 2.36.
std::size_t descriptor_size() noexcept;
// Offset of the tables with the values of pthread keys, likewise.
std::size_t offset_of_key_values() noexcept;
// Offset of the kernel's id of the thread, an int; false where libc does not tell it, or not the size.
bool find_offset_of_tid(std::size_t& offset) noexcept;
const DescriptorLists& descriptor_lists() noexcept;

}  // namespace gordian::rt
