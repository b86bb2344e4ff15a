// diagnose.h - what the facts mean for somebody who tests that program with gordian, and what to do about it.
//
// Whatever cannot be seen in the files is not claimed: a note says so, or nothing does.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "doctor/facts.h"

namespace gordian {

// Something that is worth a change: what it costs, and the change.
struct Limit {
  std::string what;
  std::string remedy;
};

struct Diagnosis {
  bool is_program = true;  // and no library
  bool checked = false;    // linked with the runtime or under `gordian run`, one of the two works
  bool run_only = false;   // it is linked with the runtime, and only the other works
  std::vector<std::pair<std::string, std::string>> summary;  // what is asked about the whole, and the answer
  std::vector<Limit> limits;
  std::vector<std::string> notes;  // what costs nothing, or what only the program's author can judge
};

struct Circumstances {
  std::string why_not_run;  // as `gordian run` says it; "" when it would start the program
  std::string own_runtime;  // the library of this very tool; "" without one
};

// `modules` as examine() gives them: the program, or a library, first.
Diagnosis diagnose(const std::vector<ModuleFacts>& modules, const Circumstances& circumstances);

// What people call a module: the program by its path, a library by the name that others need it by.
std::string shown_name(const ModuleFacts& module);

// Whether there is C++ in it, as far as its symbols for other modules tell.
bool is_cxx(const ModuleFacts& module);

}  // namespace gordian
