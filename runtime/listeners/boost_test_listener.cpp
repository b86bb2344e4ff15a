// boost_test_listener.cpp - compiled into each program that links gordian::boost_test.
#include <gordian/boost_test.hpp>
