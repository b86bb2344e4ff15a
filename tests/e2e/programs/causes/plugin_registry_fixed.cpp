// plugin_registry_fixed.cpp - what a plugin is started with only knows the registry.
// gordian: silent
// gordian: prints spelling: 2 commands, export: 1 command
#define FIXED
#include "plugin_registry.cpp"
