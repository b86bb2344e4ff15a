// preload.cpp - see preload.h.
#include "start/preload.h"

#include <fnmatch.h>
#include <string.h>

#include <cstddef>

#include "base/starts_with.h"

namespace gordian::rt {
namespace {

constexpr char kRun[] = "GORDIAN_RUN=";
constexpr char kFollow[] = "GORDIAN_FOLLOW=";
constexpr char kPreload[] = "LD_PRELOAD=";
constexpr char kNamed[] = "named:";

// The entry "NAME=value"; null when there is none.
char** find(char** environment, const char* name) noexcept {
  for (char** entry = environment; entry != nullptr && *entry != nullptr; ++entry) {
    if (starts_with(*entry, name)) return entry;
  }
  return nullptr;
}

// The places that get free at the end become null. Some programs look behind the environment
// for the auxiliary vector: they find it empty there, not garbage, and ask /proc instead.
void remove(char** entry) noexcept {
  for (; *entry != nullptr; ++entry) entry[0] = entry[1];
}

// Drops the first `count` characters of the value. It is the name that moves: whoever has read
// the rest of the value already still has it.
void erase_front(char** entry, const char* name, std::size_t count) noexcept {
  memmove(*entry + count, *entry, strlen(name));
  *entry += count;
}

}  // namespace

RunOrders read_run_orders(char** environment) noexcept {
  RunOrders orders;
  char** const run = find(environment, kRun);
  if (run == nullptr) return orders;
  orders.options = *run + strlen(kRun);
  orders.named = starts_with(orders.options, kNamed);
  if (orders.named) orders.options += strlen(kNamed);
  if (char** const follow = find(environment, kFollow); follow != nullptr)
    orders.follow = *follow + strlen(kFollow);
  return orders;
}

void restore_environment(char** environment, const char* library) noexcept {
  if (char** const run = find(environment, kRun); run != nullptr) remove(run);
  char** const preload = find(environment, kPreload);
  if (preload == nullptr || library == nullptr) return;
  const char* const list = *preload + strlen(kPreload);
  const std::size_t size = strlen(library);
  if (strncmp(list, library, size) != 0) return;
  if (list[size] == '\0') {
    remove(preload);
  } else if (list[size] == ':') {
    erase_front(preload, kPreload, size + 1);  // an empty rest was an empty LD_PRELOAD
  }
}

void mark_named_started(char** environment) noexcept {
  char** const run = find(environment, kRun);
  if (run == nullptr) return;
  if (starts_with(*run + strlen(kRun), kNamed)) erase_front(run, kRun, strlen(kNamed));
}

bool glob_names(const char* glob, const char* path) noexcept {
  const char* const slash = strrchr(path, '/');
  const char* const name = slash != nullptr && strchr(glob, '/') == nullptr ? slash + 1 : path;
  return ::fnmatch(glob, name, 0) == 0;
}

}  // namespace gordian::rt
