// frame_state.h - what a walk knows of the frame it is at.
#pragma once

#include "base/memory.h"
#include "machine/frame_place.h"

namespace gordian::rt {

// A frame, as it is after its call has returned.
struct FrameState {
  Address return_address;
  FramePlace place;
  Address fp;  // the frame pointer register
};

}  // namespace gordian::rt
