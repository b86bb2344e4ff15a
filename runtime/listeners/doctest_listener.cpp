// doctest_listener.cpp - compiled into each program that links gordian::doctest.
#include <gordian/doctest.hpp>
