// options.cpp - any text as GORDIAN_OPTIONS, as a file's name with %p and %n in it, as a glob of --follow,
// and as an environment to take `gordian run`'s words out of. The runtime's own code, compiled for this.
//
// NULs stand between: options, more options, a path, a glob, a program's path, and the entries of the
// environment.
#include <cstring>
#include <memory>
#include <vector>

#include "fuzz.h"
#include "output/report_names.h"
#include "start/fork.h"
#include "start/options.h"
#include "start/preload.h"

using namespace gordian;

// What report_names.cpp asks of start/fork.cpp: this process is nobody's child.
bool rt::is_forked() noexcept { return false; }

namespace {

// What the options say must be strings that end, and numbers that options.inc allows.
void check_values(const rt::Options& options) {
#define GORDIAN_NUMBER(name, standard, low, high, help) \
  fuzz::require(options.name >= low && options.name <= high);
#define GORDIAN_FLAG(name, standard, help)
#define GORDIAN_CHOICE(name, standard, choices, help)                      \
  fuzz::require(memchr(options.name, 0, sizeof options.name) != nullptr && \
                strstr(choices, options.name) != nullptr);
#define GORDIAN_PATH(name, help)                                          \
  fuzz::require(memchr(options.name, 0, sizeof options.name) != nullptr); \
  fuzz::require(options.name[0] == '\0' || options.name[0] == '/');
#include "options.inc"
#undef GORDIAN_NUMBER
#undef GORDIAN_FLAG
#undef GORDIAN_CHOICE
#undef GORDIAN_PATH
  fuzz::require(memchr(options.fault, 0, sizeof options.fault) != nullptr);
}

// With `library` in it as LD_PRELOAD may have it.
void restore(std::vector<std::string> entries) {
  std::vector<char*> environment;
  for (std::string& entry : entries) environment.push_back(entry.data());
  environment.push_back(nullptr);
  const rt::RunOrders orders = rt::read_run_orders(environment.data());
  if (orders.follow != nullptr) {
    rt::mark_named_started(environment.data());
  } else {
    rt::restore_environment(environment.data(), "/usr/lib/libgordian.so.0");
  }
  std::size_t left = 0;
  while (environment[left] != nullptr) ++left;
  fuzz::require(left <= entries.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::as_text(data, size);
  const auto options =
      std::make_unique<rt::Options>();  // exactly its bytes: AddressSanitizer watches their ends
  for (int i = 0; i < 2; ++i) {
    rt::parse_options(std::string(fuzz::take_part(text, '\0')).c_str(), "GORDIAN_OPTIONS", *options);
    check_values(*options);
  }
  const std::string glob(fuzz::take_part(text, '\0'));
  const std::string path(fuzz::take_part(text, '\0'));
  rt::glob_names(glob.c_str(), path.c_str());
  const auto expanded = std::make_unique<char[]>(rt::kLongestPath);
  const bool fits =
      rt::expand_name(path.c_str(), 4294967295, *reinterpret_cast<char(*)[rt::kLongestPath]>(expanded.get()));
  fuzz::require(!fits || memchr(expanded.get(), 0, rt::kLongestPath) != nullptr);
  std::vector<std::string> entries;
  while (!text.empty()) entries.emplace_back(fuzz::take_part(text, '\0'));
  restore(std::move(entries));
  return 0;
}
