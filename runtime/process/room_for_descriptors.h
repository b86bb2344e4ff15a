// room_for_descriptors.h - numbers for the files that a check opens, also in a program that has used up its own.
//
// A program that leaks descriptors has none left (EMFILE) long before the system has: what it may have is a soft limit, which a
// process may raise up to the hard one. So a check raises it for as long as it takes, where there is too little room. The program's
// threads run on while the tool works: a limit that one of them has set meanwhile stays.
//
// Context: within the one check at a time. System calls only.
#pragma once

#include <sys/resource.h>

namespace gordian::rt {

class RoomForDescriptors {
 public:
  RoomForDescriptors() noexcept;
  ~RoomForDescriptors();
  RoomForDescriptors(const RoomForDescriptors&) = delete;
  RoomForDescriptors& operator=(const RoomForDescriptors&) = delete;

 private:
  rlim_t before_ = 0;
  rlim_t during_ = 0;  // what it was raised to
};

}  // namespace gordian::rt
