// future_holding_job_fixed.cpp - the work sees the job.
// gordian: silent
// gordian: prints thumbnail of a.png: 64
#define FIXED
#include "future_holding_job.cpp"
