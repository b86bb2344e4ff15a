// module_limits.h - what one module lacks, and what to do about it.
#pragma once

#include "doctor/diagnose.h"

namespace gordian {

struct ProcessFacts {
  bool linked = false;   // with the runtime
  bool shim = false;     // some module has files that were compiled with it
  bool libcxx = false;   // the C++ library is libc++, which the shim does not know
  bool dynamic = false;  // there is a loader: in a static program nothing takes stacks
};

// Adds to `diagnosis` what debug info, RTTI, the shim and unwind tables of the module cost. A module of the
// system's gets here only where it is the program itself.
void add_module_limits(const ModuleFacts& module, const ProcessFacts& process, Diagnosis& diagnosis);

// "a.cpp, b.cpp and 3 more".
std::string some_of(const std::vector<std::string>& names);

}  // namespace gordian
