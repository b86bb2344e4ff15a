// catch_main.cpp - Catch2 2.x wants its main defined in one file; 3.x brings its own.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
