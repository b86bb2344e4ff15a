// runtime_options.cpp - see runtime_options.h.
#include "commands/runtime_options.h"

#include <algorithm>
#include <sstream>

namespace gordian {
namespace {

using Kind = RuntimeOption::Kind;

constexpr RuntimeOption kOptions[] = {
#define GORDIAN_NUMBER(name, standard, low, high, help) {#name, Kind::number, #standard, low, high, "", help},
#define GORDIAN_FLAG(name, standard, help) {#name, Kind::flag, #standard, 0, 1, "", help},
#define GORDIAN_CHOICE(name, standard, choices, help) {#name, Kind::choice, #standard, 0, 0, choices, help},
#define GORDIAN_PATH(name, help) {#name, Kind::path, "", 0, 0, "", help},
#define GORDIAN_INPUT(name, help) {#name, Kind::input, "", 0, 0, "", help},
#include "runtime/options.inc"
#undef GORDIAN_NUMBER
#undef GORDIAN_FLAG
#undef GORDIAN_CHOICE
#undef GORDIAN_PATH
};

}  // namespace

std::vector<std::string> RuntimeOption::all_choices() const {
  std::vector<std::string> all;
  std::istringstream text(choices);
  for (std::string choice; std::getline(text, choice, '|');) all.push_back(choice);
  return all;
}

std::string RuntimeOption::flag() const {
  std::string flag = name;
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::span<const RuntimeOption> runtime_options() {
  return kOptions;
}

}  // namespace gordian
