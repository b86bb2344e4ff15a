// tool_process.h - finds the gordian tool and runs it on a snapshot.
#pragma once

#include "base/memory.h"
#include "start/options.h"

namespace gordian::rt {

enum class ToolResult {
  clean,        // nothing that fails
  failed,       // something that fails was found
  told_why_not, // it could not tell, and has said why
  not_run,      // it did not run, or did not end by itself; we have said why
};

struct ToolRequest {
  const char* snapshot = nullptr;
  const PageArray<char>* environment = nullptr;  // see copy_environment()
  int text = -1;  // a descriptor that takes a brief text, and nothing else is written; -1: all reports that are asked for
  std::uint32_t check = 0;   // its number
  bool only_proved = false;  // no cycle fails that is only likely
  Address asked = 0;         // the text is to say who holds what is there; 0: it is a report
  // A file of what the check before has found, to be replaced by what this one finds; null: none.
  const char* earlier = nullptr;
  bool only_grown = false;        // nothing is written as text where nothing came since then
};

// Runs `gordian report SNAPSHOT` with the report options of `options`, its standard
// output sent to our standard error or where the request says, and waits. Neither its start nor its end is seen by
// the program's own SIGCHLD handler or wait().
ToolResult run_tool(const ToolRequest& request, const Options& options) noexcept;

}  // namespace gordian::rt
