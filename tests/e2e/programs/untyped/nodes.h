// nodes.h - counted nodes without constructors or virtual functions: only debug info could say what they are.
#pragma once

#include <gordian/gordian.h>

#include <cstdlib>

struct node {
  node* first;
  node* second;
  unsigned count;
};

inline node* make_node() {
  auto* made = static_cast<node*>(std::calloc(1, sizeof(node)));
  gordian_counted(made, &made->count, sizeof made->count);
  return made;
}

inline void take(node** handle, node* object) {
  *handle = object;
  ++object->count;
  gordian_handle_taken(handle);
}
