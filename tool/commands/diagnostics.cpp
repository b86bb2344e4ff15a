// diagnostics.cpp - spdlog on standard error.
#include "commands/diagnostics.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace gordian {

void start_diagnostics() {
  spdlog::set_default_logger(spdlog::stderr_logger_st("gordian"));
  spdlog::set_pattern("%n: %v");
  set_verbosity(0);
}

void set_verbosity(int level) {
  spdlog::set_level(level <= 0   ? spdlog::level::warn
                    : level == 1 ? spdlog::level::info
                                 : spdlog::level::debug);
}

}  // namespace gordian
