// scene_and_component_fixed.cpp - a component sees its scene.
// gordian: silent
// gordian: prints 3 drawn, 3 drawn
#define FIXED
#include "scene_and_component.cpp"
