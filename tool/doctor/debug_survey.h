// debug_survey.h - what a module's debug info holds, unit by unit.
#pragma once

#include <elfutils/libdw.h>

#include "doctor/facts.h"
#include "program/types/families.h"

namespace gordian {

// Fills in the levels, the units and the pointers. Visits the names outside of classes and functions, of
// all units.
void survey_debug_info(Dwarf* dwarf, const Families& families, DebugFacts& facts);

// Whether the file's debug info is compressed; false without any. To be asked before libdw reads it.
bool is_debug_info_compressed(Elf* elf);

// The file that the module says its debug info is in (.gnu_debuglink); "" when it names none.
std::string named_debug_file(Elf* elf);

}  // namespace gordian
