// self_capturing_callback_fixed.cpp - the callback sees the download that stores it.
// gordian: silent
// gordian: prints kernel.img: 4096 bytes
// gordian: prints readme.txt: 80 bytes
#define FIXED
#include "self_capturing_callback.cpp"
