// symbol_survey.h - what a module's symbols tell of how it was compiled.
#pragma once

#include <elfutils/libdwfl.h>

#include "doctor/facts.h"

namespace gordian {

// Also of the symbols in a separate file of debug info.
SymbolFacts survey_symbols(Dwfl_Module* module);

}  // namespace gordian
