// owned_adjacent.cpp - the same, and somebody has a handle.
// gordian: silent
#include "nodes.h"

node* owner;

int main() {
  node* x = make_node();
  node* y = make_node();
  take(&x->first, y);
  take(&x->second, x);
  take(&y->second, x);
  take(&owner, x);
}
