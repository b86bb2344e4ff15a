// owned_by_raw_adopted.cpp - a deleter that does nothing, whatever its type's name says: a global owns.
// gordian: silent
#include <memory>
#include <vector>

struct Node {
  std::shared_ptr<std::vector<std::unique_ptr<Node>>> table;
};
using Table = std::vector<std::unique_ptr<Node>>;

Table* g_table;

int main() {
  g_table = new Table;
  g_table->push_back(std::make_unique<Node>());
  g_table->front()->table = std::shared_ptr<Table>(g_table, [](Table*) {});
}
