// operator_new.h - which operators new and delete the program has besides ours.
#pragma once

namespace gordian::rt {

// At the start, before any of them is called.
void find_operators() noexcept;

}  // namespace gordian::rt
