// two_way_relation_fixed.cpp - a course sees those who take it.
// gordian: silent
// gordian: prints Ann takes 2, Maths has 2
// gordian: prints Ann takes 2, Maths has 2
#define FIXED
#include "two_way_relation.cpp"
