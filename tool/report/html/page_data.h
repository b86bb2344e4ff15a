// page_data.h - what the HTML page shows, as the JSON that its script reads.
//
//   {"program": {"name", "path", "arguments", "pid", "exit_status"}, "headline", "notes": [...],
//    "frames": [{"at": "in main() at a.cpp:27", "line": 27, "source": "auto a = …"}, ...],
//    "stacks": [[index in frames, innermost first], ...], "findings": [...]}
//
// Each frame and stack is there once: ten thousand findings come from few places. Names have lost their
// control characters and are of bounded length. The keys of a finding are in finding_data.h.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/formats.h"
#include "report/report.h"

namespace gordian {

// `look.checkout` is what files are shown relative to.
nlohmann::ordered_json page_data(const Report& report, const Look& look);

}  // namespace gordian
