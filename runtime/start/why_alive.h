// why_alive.h - who holds an object, asked while the program runs.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// A text that says who holds the heap block that `object` points into, until the thread asks again; "" where there is no such block
// or gordian could not tell. Must be called inside the runtime (inside.h).
const char* why_alive(Address object) noexcept;

}  // namespace gordian::rt
