// ring_array.cpp - arrays: of references in a class, and of objects under one count.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1
// gordian: path Table::cells[2]
#include <memory>

struct Table;

struct Row {
  std::shared_ptr<Table> table;
};

struct Table {
  std::shared_ptr<Row[]> cells[4];
};

int main() {
  auto table = std::make_shared<Table>();   // (made here)
  std::shared_ptr<Row[]> rows(new Row[3]);  // (made here)
  rows[1].table = table;
  table->cells[2] = rows;
}
