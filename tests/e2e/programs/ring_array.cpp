// ring_array.cpp - arrays: of references in a class, and of objects under one count.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Row[],Table members=Row::table,Table::cells
// gordian: cycle proved objects=1 instances=1 of=Row[] members=Row::others
// gordian: path Table::cells[2]
// gordian: path Row[1]::table
// gordian: path Row[0]::others[1]
#include <memory>
#include <vector>

struct Table;

struct Row {
  std::shared_ptr<Table> table;
  std::vector<std::shared_ptr<Row[]>> others;
};

struct Table {
  std::shared_ptr<Row[]> cells[4];
  long padding[40] = {};  // so that this ring is the larger one
};

int main() {
  auto table = std::make_shared<Table>();   // (made here)
  std::shared_ptr<Row[]> rows(new Row[3]);  // (made here)
  rows[1].table = table;
  table->cells[2] = rows;

  std::shared_ptr<Row[]> alone(new Row[2]);  // (made here)
  alone[0].others = {nullptr, alone};
}
