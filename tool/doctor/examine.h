// examine.h - looks at a program, and at the libraries that the loader would bring along, without running
// any.
#pragma once

#include <string>
#include <vector>

#include "doctor/facts.h"
#include "program/elf/loader_search.h"
#include "program/types/families.h"

namespace gordian {

// The program first, the others in the order in which the loader looks up symbols. Throws Error when the
// program's file cannot be read.
std::vector<ModuleFacts> examine(const std::string& program, const LoaderPlaces& places,
                                 const Families& families);

// By the name that a library is needed by.
bool is_libcxx(const std::string& name);
bool is_cxx_library(const std::string& name);  // libc++ or libstdc++

// The first module that gives the symbol to the others; null when none does.
const ModuleFacts* provider_of(const std::vector<ModuleFacts>& modules, const std::string& symbol);

// Our own runtime, where the program or one of its libraries needs it; null where none does.
const ModuleFacts* linked_runtime(const std::vector<ModuleFacts>& modules);

}  // namespace gordian
