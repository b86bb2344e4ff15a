// html_report.h - the report as one page for a browser.
#pragma once

#include <string>
#include <string_view>

#include "report/formats.h"
#include "report/report.h"

namespace gordian {

// A page that needs nothing but itself: markup, style, script and the findings as JSON. Each of the first
// kMostPictures findings has a picture; a browser without scripts shows the text report. Its policy
// allows its own style and script, by their hashes, and no request. Shows what the text report shows.
std::string html_report(const Report& report, const Look& look);

// `text` as HTML's character data or an attribute's value in double quotes.
std::string html_escaped(std::string_view text);

}  // namespace gordian
