// sarif_report.h - the report for code scanning: SARIF 2.1.0.
#pragma once

#include <string>
#include <string_view>

#include "report/formats.h"
#include "report/report.h"

namespace gordian {

// One run, one result per finding, in JSON indented by two spaces. A result lies where the member to cut is
// declared, else where an object was allocated; the allocations are related locations, the references
// a graph, and the way round the cycle a code flow. Level: error when the finding makes the run
// fail, else warning, and note for an orphan that is only likely. Files below
// `look.checkout` are relative to it (SRCROOT). Equal runs give equal bytes.
std::string sarif_report(const Report& report, const Look& look);

// `path` as that of a URI: every byte but letters, digits and -._~/ becomes % and two digits.
std::string uri_path(std::string_view path);

// `text` as a SARIF message: no placeholder and no link in it.
std::string sarif_message(std::string_view text);

}  // namespace gordian
