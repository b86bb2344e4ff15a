// json_report.h - the report for machines: report.schema.json, version 1.
#pragma once

#include <string>

#include "report/report.h"

namespace gordian {

// Two spaces per level, ends with a newline. Names that are no UTF-8 get U+FFFD in the
// place of what is not. Only pid and addresses differ between equal runs.
std::string json_report(const Report& report);

}  // namespace gordian
