// require.h - the runtime fails open.
//
// GORDIAN_REQUIRE(condition, result): when an assumption of ours does not hold, say so
// once, stop tracking, and return `result`; the program goes on as if we were not there,
// and its exit status then says that gordian could not tell. With abort=1 it aborts.
#pragma once

namespace gordian::rt {

void give_up(const char* what, const char* file, int line) noexcept;

}  // namespace gordian::rt

#define GORDIAN_REQUIRE(condition, result)                            \
  do {                                                                \
    if (__builtin_expect(!(condition), 0)) {                          \
      ::gordian::rt::give_up(#condition, __FILE__, __LINE__);         \
      return result;                                                  \
    }                                                                 \
  } while (false)
