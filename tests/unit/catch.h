// catch.h - Catch2 by the header of the installed version: 2.13 or 3.
//
// ContainsSubstring("text") is the matcher that 2.13 calls Contains.
#pragma once
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Matchers::ContainsSubstring;
#else
#include <catch2/catch.hpp>
inline auto ContainsSubstring(const std::string& text) { return Catch::Matchers::Contains(text); }
#endif
