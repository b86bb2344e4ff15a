// family_rows.h - which lines of a families file are about nothing in this program.
//
// A misspelt name finds nothing, as a program without cycles does: nobody would tell the two apart.
// The lines that are built in are not looked at; no program has all those libraries.
//
// Cost: visits the classes of all modules, unless somebody has.
#pragma once

#include <string>
#include <vector>

#include "program/dwarf/debug_info.h"
#include "program/elf/notes.h"
#include "program/types/class_layout.h"
#include "program/types/families.h"

namespace gordian {

// Adds a sentence for each line whose members no debug info has, and one for all whose handle none has. Returns the
// former: such a line is wrong, while a file for several programs may well name handles that one of them has not.
std::vector<std::string> note_unfound_rows(DebugInfo& info, ClassLayouts& layouts, const Families& families, Notes& notes);

}  // namespace gordian
