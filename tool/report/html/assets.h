// assets.h - the HTML page's sources, which the build puts into the tool (embed.cmake).
#pragma once

#include <string_view>

namespace gordian {

extern const std::string_view kPage;    // page.html, with a {{key}} for what html_report() fills in
extern const std::string_view kStyle;   // the style sheets
extern const std::string_view kScript;  // the scripts
// Their SHA-256 in base64, as a Content-Security-Policy names them.
extern const std::string_view kStyleHash;
extern const std::string_view kScriptHash;

}  // namespace gordian
