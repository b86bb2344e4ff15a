// own_unknown.cpp - nobody says what own::Ref is: the ring is memory like any other.
// gordian: silent
#include "own.hpp"

struct Node : own::Counted {
  own::Ref<Node> next;
};

int main() {
  own::Ref<Node> node(new Node);
  node->next = node;
}
