// demangle.cpp - what mangled names stand for, within bounds.
//
// A mangled name says a part again by its number, and such parts may be made of such parts: one of 300 bytes
// can stand for more text than there is memory. Few names of compilers have so many that they could, and what
// they stand for cannot be told without doing what the demangler does. So for these it works in a thread of
// its own, against the clock.
#include <cxxabi.h>
#include <pthread.h>

#include <bit>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <future>
#include <memory>
#include <system_error>
#include <thread>

#include "base/error.h"
#include "program/names/names.h"

namespace gordian {
namespace {

// Longer ones are no names a person can read, and the demangler's cost grows faster than its input.
constexpr std::size_t kLongestMangled = 16384;
constexpr std::size_t kLongestDemangled = std::size_t{1} << 20;
constexpr long kMostNanoseconds = 500'000'000;  // of a processor, in which it writes some 50 MB, and under an emulator six
constexpr std::size_t kFewDoublings = 24;       // 16 MB

std::string demangle_whole(const char* mangled) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(mangled, nullptr, nullptr, &status), &std::free);
  if (status != 0 || !name) return {};
  std::string whole(name.get());
  return whole.size() <= kLongestDemangled ? whole : std::string();
}

// The text is no longer than 2 to that power, but for a small factor: each reference to a part or a
// template's parameter may double it, and each expanded pack multiply it by the number of its elements.
std::size_t doublings(std::string_view mangled) {
  const auto length = static_cast<std::size_t>(std::bit_width(mangled.size()));
  std::size_t result = length;
  for (std::size_t i = 0; i + 1 < mangled.size(); ++i) {
    const char next = mangled[i + 1];
    const bool number = next == '_' || (next >= '0' && next <= '9');
    if (mangled[i] == 'S') result += number || (next >= 'A' && next <= 'Z');
    if (mangled[i] == 'T') result += number;
    if ((mangled[i] == 'D' || mangled[i] == 's') && next == 'p') result += length;
  }
  return result;
}

bool has_worked_too_long(std::thread& thread) {
  clockid_t clock = 0;
  timespec used = {};
  if (::pthread_getcpuclockid(thread.native_handle(), &clock) != 0 || ::clock_gettime(clock, &used) != 0)
    return false;  // it has ended
  return used.tv_sec > 0 || used.tv_nsec > kMostNanoseconds;
}

std::string demangle_against_the_clock(const std::string& mangled) {
  std::packaged_task<std::string()> task([mangled] { return demangle_whole(mangled.c_str()); });
  std::future<std::string> name = task.get_future();
  std::thread thread;
  try {
    thread = std::thread(std::move(task));
  } catch (const std::system_error&) {
    return {};  // there may be no more threads
  }
  while (name.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
    if (!has_worked_too_long(thread)) continue;
    thread.detach();  // nothing can stop it, but the end of the program, which comes next
    constexpr std::size_t kShown = 60;
    throw Error("the name " + mangled.substr(0, kShown) + (mangled.size() > kShown ? "…" : "") +
                " stands for one that is too long; no compiler makes such a name, and the file that has it "
                "is damaged");
  }
  thread.join();
  return name.get();
}

std::string demangle(const std::string& mangled) {
  if (mangled.empty() || mangled.size() > kLongestMangled) return {};
  return doublings(mangled) <= kFewDoublings ? demangle_whole(mangled.c_str())
                                             : demangle_against_the_clock(mangled);
}

}  // namespace

std::string demangle_symbol(const std::string& symbol) {
  return symbol.starts_with("_Z") ? demangle(symbol) : std::string();
}

std::string demangle_type(const std::string& type_info_name) {
  // g++ marks the names of types that other files may have too with a star.
  return demangle(type_info_name.starts_with('*') ? type_info_name.substr(1) : type_info_name);
}

}  // namespace gordian
