// catch.h - Catch2 by the header of the installed version: 2.13 or 3.
//
// ContainsSubstring("text") is the matcher that 2.13 calls Contains. many(n) is how many of what there can be any number of a
// case takes: n, and where each step is watched by a sanitizer a tenth, with which a quadratic step still takes minutes.
#pragma once
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Matchers::ContainsSubstring;
#else
#include <catch2/catch.hpp>
inline auto ContainsSubstring(const std::string& text) { return Catch::Matchers::Contains(text); }
#endif

#if defined(__SANITIZE_ADDRESS__)
#define GORDIAN_STEPS_ARE_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GORDIAN_STEPS_ARE_WATCHED 1
#endif
#endif
template <class Number>
constexpr Number many(Number n) {
#ifdef GORDIAN_STEPS_ARE_WATCHED
  return n / 10;
#else
  return n;
#endif
}
