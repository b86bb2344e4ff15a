// observer_and_subject_fixed.cpp - an observer sees its subject.
// gordian: silent
// gordian: prints ACME 12.50, 1 alarm
// gordian: prints INIT 7.25, 0 alarms
#define FIXED
#include "observer_and_subject.cpp"
