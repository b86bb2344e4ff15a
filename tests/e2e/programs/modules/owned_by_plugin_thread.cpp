// owned_by_plugin_thread.cpp - a plugin's thread owns its objects, and waits for ever in code that is gone.
// gordian: silent
#define FIXED
#include "ring_beside_plugin_thread.cpp"
