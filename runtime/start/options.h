// options.h - GORDIAN_OPTIONS, and what the program itself asks for.
//
// "key=value:key=value" as the sanitizers do. A value may be quoted with ' or " to hold
// a colon. The environment wins over the program's gordian_default_options().
#pragma once

#include <cstddef>

namespace gordian::rt {

inline constexpr std::size_t kLongestPath = 4096;

struct Options {
#define GORDIAN_NUMBER(name, standard, low, high, help) int name = standard;
#define GORDIAN_FLAG(name, standard, help) bool name = standard;
#define GORDIAN_CHOICE(name, standard, choices, help) char name[16] = #standard;
#define GORDIAN_PATH(name, help) char name[kLongestPath] = "";
#include "options.inc"
#undef GORDIAN_NUMBER
#undef GORDIAN_FLAG
#undef GORDIAN_CHOICE
#undef GORDIAN_PATH

  // Why the options cannot be followed: a sentence for the user; empty when they can.
  char fault[512] = "";
  // A list has check_on or check_every, rightly or not: the program may never end, and so tell of no fault at its exit.
  bool is_to_be_asked = false;
};
extern Options g_options;

// Reads one list of options into `options`; keeps the first fault.
void parse_options(const char* text, const char* source, Options& options) noexcept;

// Prints every option with its default.
void print_options() noexcept;

}  // namespace gordian::rt
