// formats.cpp - the table of report formats.
#include "report/formats.h"

#include <array>

#include "report/github_report.h"
#include "report/html/html_report.h"
#include "report/json_report.h"
#include "report/junit_report.h"
#include "report/markdown_report.h"
#include "report/sarif_report.h"
#include "report/text_report.h"

namespace gordian {

std::span<const Format> report_formats() {
  static constexpr std::array kFormats = {
      Format{"text", "write the report for people to PATH", text_report},
      Format{"json", "write the report as JSON (report.schema.json) to PATH",
             [](const Report& report, const Look&) { return json_report(report); }},
      Format{"sarif", "write the findings as SARIF 2.1.0, for code scanning, to PATH", sarif_report},
      Format{"junit", "write the findings as test cases in JUnit XML to PATH", junit_report},
      Format{"markdown", "write a summary in Markdown to PATH", markdown_report},
      Format{"github", "write the findings as annotations of a GitHub workflow to PATH", github_report},
      Format{"brief", "write the first findings alone, as a test's message has them, to PATH", brief_report},
      Format{"html", "write the report as a page for a browser, with pictures, to PATH", html_report},
  };
  return kFormats;
}

}  // namespace gordian
