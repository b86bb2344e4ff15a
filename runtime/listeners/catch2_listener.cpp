// catch2_listener.cpp - compiled into each program that links gordian::catch2.
#include <gordian/catch2.hpp>
