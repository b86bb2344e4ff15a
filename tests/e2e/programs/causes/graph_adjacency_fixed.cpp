// graph_adjacency_fixed.cpp - the network owns the stations, a track only leads to one.
// gordian: silent
// gordian: prints 23 minutes, 23 minutes
#define FIXED
#include "graph_adjacency.cpp"
