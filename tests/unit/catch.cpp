// catch.cpp - catch.h read by itself: what it is precompiled for.
#include "catch.h"
