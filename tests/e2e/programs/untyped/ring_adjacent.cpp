// ring_adjacent.cpp - what announces itself as a C program would: each handle has an offset of its own.
// gordian: exit 23
// gordian: any report
// gordian: says +0x0 ─▶ <unknown type> #2
// gordian: says +0x8 ─▶ <unknown type> #1
// gordian: says note: what an object of <unknown type> is would be in the debug info of
#include "nodes.h"

int main() {
  node* x = make_node();
  node* y = make_node();
  take(&x->first, y);
  take(&x->second, x);
  take(&y->second, x);
}
