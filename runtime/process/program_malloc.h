// program_malloc.h - what the program's calls of malloc() and operator new run: ours, or what comes before us.
#pragma once

#include <cstddef>

namespace gordian::rt {

struct ProgramMalloc {
  void* code = nullptr;
  bool ours = false;
  bool jump = false;  // the address is that of a jump in the program: where it leads cannot be asked
  void* (*realloc)(void* block, std::size_t size) = nullptr;  // its realloc(); ours, too, where malloc() is
  bool own_new = false;  // operator new is neither ours nor the C++ library's
};

// The first call, of hooks/operator_new.cpp at our start, asks the loader: its answer takes more stack than whoever checks may have.
const ProgramMalloc& program_malloc() noexcept;

}  // namespace gordian::rt
