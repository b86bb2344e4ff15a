// workers_of_threads.cpp - scan/workers.h by threads of the C++ library, for a sanitizer: it does not know of
// the kernel threads that the runtime starts. Always as many as there may be, however small the heap.
#include <thread>
#include <vector>

#include "scan/workers.h"

namespace gordian::rt {

Workers::~Workers() = default;

void Workers::use_helpers_for(std::size_t) noexcept {
  size_ = kMost;
}

void Workers::start(Call call, void* context) noexcept {
  std::vector<std::thread> helpers;
  for (unsigned w = 1; w < size_; ++w) helpers.emplace_back(call, context, w);
  call(context, 0);
  for (std::thread& helper : helpers) helper.join();
}

}  // namespace gordian::rt
