// hostile_names.h - names that mean something to the reader of some format.
#pragma once

#include <map>
#include <string>

#include "made_up_report.h"

namespace gordian::test {

// By what is hostile in each.
const std::map<std::string, std::string>& hostile_names();

// Adds two cycles and an orphan in which every foreign string is `name`, or holds it.
void add_findings_named(MadeUpReport& made_up, const std::string& name);

}  // namespace gordian::test
