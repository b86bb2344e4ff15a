// options.cpp - see options.h; the options themselves are in options.inc.
#include "start/options.h"

#include <stdint.h>
#include <string.h>

#include "base/kernel.h"
#include "base/say.h"
#include "base/standard_error.h"

namespace gordian::rt {

constinit Options g_options;

namespace {

struct Text {
  const char* at;
  std::size_t size;

  bool is(const char* word) const noexcept { return strlen(word) == size && memcmp(at, word, size) == 0; }
};

// For messages: a long value is cut, so that what is wrong with it still fits.
Line& operator<<(Line& line, Text text) noexcept {
  constexpr std::size_t kShown = 100;
  if (text.size <= kShown) return line.append(text.at, text.size);
  return line.append(text.at, kShown) << "...";
}

template <class... Parts>
void set_fault(Options& options, const Parts&... parts) noexcept {
  if (options.fault[0] != '\0') return;
  Line line;
  (line << ... << parts);
  const std::size_t room = sizeof options.fault - 1;
  const std::size_t size = line.size() < room ? line.size() : room;
  memcpy(options.fault, line.text(), size);
  options.fault[size] = '\0';
}

bool parse_number(Text value, int low, int high, int& out) noexcept {
  if (value.size == 0 || value.size > 6) return false;
  int number = 0;
  for (std::size_t i = 0; i < value.size; ++i) {
    if (value.at[i] < '0' || value.at[i] > '9') return false;
    number = number * 10 + (value.at[i] - '0');
  }
  if (number < low || number > high) return false;
  out = number;
  return true;
}

bool parse_choice(Text value, const char* choices, char (&out)[16]) noexcept {
  for (const char* at = choices;;) {
    const char* end = strchr(at, '|');
    const std::size_t size = end != nullptr ? static_cast<std::size_t>(end - at) : strlen(at);
    if (value.size == size && memcmp(value.at, at, size) == 0) {
      memcpy(out, at, size);
      out[size] = '\0';
      return true;
    }
    if (end == nullptr) return false;
    at = end + 1;
  }
}

// A relative path means the directory the program was started in, wherever it goes later.
bool parse_path(Text value, char (&out)[kLongestPath]) noexcept {
  std::size_t used = 0;
  if (value.size != 0 && value.at[0] != '/') {
    if (!kernel::getcwd(out, kLongestPath)) return false;
    used = strlen(out);
    out[used++] = '/';
  }
  if (used + value.size >= kLongestPath) return false;
  memcpy(out + used, value.at, value.size);
  out[used + value.size] = '\0';
  return true;
}

void set_option(Text key, Text value, const char* source, Options& options) noexcept {
#define GORDIAN_NUMBER(name, standard, low, high, help)                                                  \
  if (key.is(#name)) {                                                                                   \
    if (!parse_number(value, low, high, options.name)) {                                                 \
      set_fault(options, source, ": '", key, "=", value, "' is no whole number from ", low, " to ", high); \
    }                                                                                                    \
    return;                                                                                              \
  }
#define GORDIAN_FLAG(name, standard, help)                                              \
  if (key.is(#name)) {                                                                  \
    if (!value.is("0") && !value.is("1")) {                                             \
      set_fault(options, source, ": '", key, "=", value, "' is neither 0 nor 1");       \
    } else {                                                                            \
      options.name = value.is("1");                                                     \
    }                                                                                   \
    return;                                                                             \
  }
#define GORDIAN_CHOICE(name, standard, choices, help)                                     \
  if (key.is(#name)) {                                                                    \
    if (!parse_choice(value, choices, options.name)) {                                    \
      set_fault(options, source, ": '", key, "=", value, "' is none of ", choices);       \
    }                                                                                     \
    return;                                                                               \
  }
#define GORDIAN_PATH(name, help)                                                          \
  if (key.is(#name)) {                                                                    \
    if (value.size == 0 || !parse_path(value, options.name)) {                            \
      set_fault(options, source, ": '", key, "=", value, "' is no path, or too long");    \
    }                                                                                     \
    return;                                                                               \
  }
#include "options.inc"
#undef GORDIAN_NUMBER
#undef GORDIAN_FLAG
#undef GORDIAN_CHOICE
#undef GORDIAN_PATH
  set_fault(options, source, ": unknown option '", key, "'; GORDIAN_OPTIONS=help=1 lists them");
}

}  // namespace

void parse_options(const char* text, const char* source, Options& options) noexcept {
  if (text == nullptr) return;
  if (strstr(text, "check_on=") != nullptr || strstr(text, "check_every=") != nullptr) options.is_to_be_asked = true;
  while (*text != '\0') {
    if (*text == ':' || *text == ' ') {
      ++text;
      continue;
    }
    const std::size_t key_size = strcspn(text, "=:");
    const Text key = {text, key_size};
    if (text[key_size] != '=') {
      set_fault(options, source, ": '", key, "' has no value; write key=value:key=value");
      return;
    }
    const char* value = text + key_size + 1;
    const char quote = *value == '\'' || *value == '"' ? *value : '\0';
    const char* end = quote != '\0' ? strchr(++value, quote) : value + strcspn(value, ":");
    if (end == nullptr) {
      set_fault(options, source, ": the quote after '", key, "=' is never closed");
      return;
    }
    set_option(key, {value, static_cast<std::size_t>(end - value)}, source, options);
    text = quote != '\0' ? end + 1 : end;
  }
}

void print_options() noexcept {
  Line line;
  line << "gordian " GORDIAN_VERSION ": options, as GORDIAN_OPTIONS=\"key=value:key=value\"\n";
#define GORDIAN_NUMBER(name, standard, low, high, help) \
  line << "  " #name "=" << standard << " (" << low << " to " << high << "): " help "\n";
#define GORDIAN_FLAG(name, standard, help) line << "  " #name "=" << standard << " (0 or 1): " help "\n";
#define GORDIAN_CHOICE(name, standard, choices, help) line << "  " #name "=" #standard " (" choices "): " help "\n";
#define GORDIAN_PATH(name, help) line << "  " #name "=PATH: " help "\n";
#include "options.inc"
#undef GORDIAN_NUMBER
#undef GORDIAN_FLAG
#undef GORDIAN_CHOICE
#undef GORDIAN_PATH
  write_all(standard_error(), line.text(), line.size());
}

}  // namespace gordian::rt
