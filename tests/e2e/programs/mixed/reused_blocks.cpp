// reused_blocks.cpp - objects died where nobody told gordian, and other things lie in their memory now, to which words of dead handles still
// lead: nobody wrote over a control block.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
// gordian: no notes
#include "mixed.h"

struct Healthy {
  std::shared_ptr<Healthy> self;
};

struct Reusing {
  const Reusing* before;
  int width = 1, height = 1;  // where a control block has its counts
  long more[2] = {};
};

const Reusing* g_last = nullptr;
std::vector<std::shared_ptr<Node>>* g_nodes = nullptr;

int main() {
  constexpr int kCount = 100;
  g_nodes = new std::vector<std::shared_ptr<Node>>;
  for (int i = 0; i < kCount; ++i) g_nodes->push_back(std::make_shared<Node>());
  clear_plain(*g_nodes);
  for (int i = 0; i < kCount; ++i) g_last = new Reusing{g_last};
  const auto healthy = std::make_shared<Healthy>();
  healthy->self = healthy;
}
