// one_processor.h - programs whose threads run one at a time.
#pragma once

#include <sched.h>

#include <cerrno>
#include <system_error>

namespace gordian::e2e {

// One processor for this thread and the processes it starts, as long as it lives. Throws std::system_error.
class OneProcessor {
 public:
  OneProcessor() {
    require(sched_getaffinity(0, sizeof before_, &before_));
    std::size_t first = 0;
    while (!CPU_ISSET(first, &before_)) ++first;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    require(sched_setaffinity(0, sizeof one, &one));
  }
  OneProcessor(const OneProcessor&) = delete;
  OneProcessor& operator=(const OneProcessor&) = delete;
  ~OneProcessor() { sched_setaffinity(0, sizeof before_, &before_); }

 private:
  static void require(int result) {
    if (result != 0) throw std::system_error(errno, std::generic_category(), "processors of this thread");
  }

  cpu_set_t before_{};
};

}  // namespace gordian::e2e
