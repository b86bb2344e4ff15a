// mmap.h - what mmap.cpp must know before the program begins.
#pragma once

namespace gordian::rt {

// Finds the functions behind ours, at the start: later dlsym() might wait for the loader's lock.
void find_mapping_functions() noexcept;

}  // namespace gordian::rt
