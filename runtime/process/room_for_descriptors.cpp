// room_for_descriptors.cpp - see room_for_descriptors.h.
#include "process/room_for_descriptors.h"

#include <fcntl.h>
#include <limits.h>

#include "base/kernel.h"

namespace gordian::rt {
namespace {

// A snapshot, what was found earlier, a text, the claims of eight names; and what is read meanwhile.
constexpr rlim_t kRoom = 24;

// The kernel gives the lowest number that is free. So where the last ones are, more are: of those below nobody needs to be asked.
bool are_free(rlim_t first) noexcept {
  for (rlim_t fd = first; fd < first + kRoom; ++fd) {
    if (kernel::fcntl(static_cast<int>(fd), F_GETFD, 0) >= 0) return false;
  }
  return true;
}

// The lowest limit, at least `soft` and at most `hard`, that leaves room; `hard` where none does.
rlim_t limit_with_room(rlim_t soft, rlim_t hard) noexcept {
  if (soft >= kRoom && are_free(soft - kRoom)) return soft;
  rlim_t first = soft;  // a limit that was lowered may have descriptors above it
  while (first + kRoom < hard && !are_free(first)) first += kRoom;
  return first + kRoom < hard ? first + kRoom : hard;
}

}  // namespace

RoomForDescriptors::RoomForDescriptors() noexcept {
  constexpr rlim_t kMost = INT_MAX - kRoom;  // a descriptor is an int
  rlimit now = {};
  if (kernel::getrlimit(RLIMIT_NOFILE, &now) != 0 || now.rlim_cur > kMost) return;
  before_ = during_ = now.rlim_cur;
  now.rlim_cur = limit_with_room(before_, now.rlim_max);
  if (now.rlim_cur != before_ && kernel::setrlimit(RLIMIT_NOFILE, now) == 0) during_ = now.rlim_cur;
}

RoomForDescriptors::~RoomForDescriptors() {
  rlimit now = {};
  if (during_ == before_ || kernel::getrlimit(RLIMIT_NOFILE, &now) != 0 || now.rlim_cur != during_) return;
  now.rlim_cur = before_;
  kernel::setrlimit(RLIMIT_NOFILE, now);
}

}  // namespace gordian::rt
