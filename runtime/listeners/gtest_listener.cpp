// gtest_listener.cpp - compiled into each program that links gordian::gtest.
#include <gordian/gtest.hpp>
