// diagnostics.cpp - spdlog on standard error.
#include "commands/diagnostics.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <limits>
#include <memory>
#include <string>

#include "report/wording.h"

namespace gordian {
namespace {

// The message, fit for a terminal: it may quote file names, arguments and files of anybody's.
class Harmless : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& line) override {
    const std::string_view text(message.payload.data(), message.payload.size());
    const std::string harmless = printable(text, std::numeric_limits<std::size_t>::max());
    line.append(harmless.data(), harmless.data() + harmless.size());
  }
  std::unique_ptr<spdlog::custom_flag_formatter> clone() const override {
    return std::make_unique<Harmless>();
  }
};

}  // namespace

void start_diagnostics() {
  spdlog::set_default_logger(spdlog::stderr_logger_st("gordian"));
  spdlog::set_formatter(diagnostics_formatter());
  set_verbosity(0);
}

std::unique_ptr<spdlog::formatter> diagnostics_formatter() {
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<Harmless>('*').set_pattern("%n: %*");
  return formatter;
}

void set_verbosity(int level) {
  spdlog::set_level(level <= 0   ? spdlog::level::warn
                    : level == 1 ? spdlog::level::info
                                 : spdlog::level::debug);
}

}  // namespace gordian
