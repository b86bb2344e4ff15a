// ring_word_buffers.cpp - callbacks with a small buffer of pointers, of numbers, or of what is aligned for anything.
// gordian: exit 23
// gordian: cycle likely objects=1 instances=1
// gordian: cycle likely objects=1 instances=1
// gordian: cycle likely objects=1 instances=1
// gordian: cycle likely objects=1 instances=1
// gordian: path Button<void*[2]>::on_click.buffer_
// gordian: says ::on_click.buffer_[0]
#include <cstddef>
#include <cstdint>

#include "word_buffers.h"

template <class Buffer>
void make_ring() {
  auto button = std::make_shared<Button<Buffer>>();
  button->on_click.set([button] { ++button->clicks; });
}

int main() {
  make_ring<void*[2]>();
  make_ring<std::uint64_t[3]>();
  make_ring<std::max_align_t>();
  make_ring<std::max_align_t[1]>();
}
