// owned_array.cpp - arrays of objects in a ring, held by a global and, at one element, by another.
// gordian: silent
#include <memory>
#include <utility>

struct Table;

struct Row {
  std::shared_ptr<Table> table;
};

struct Table {
  std::shared_ptr<Row[]> rows;
};

auto* const keeper = new std::shared_ptr<Row[]>;
auto* const element = new std::shared_ptr<Row>;

std::shared_ptr<Row[]> make_ring() {
  std::shared_ptr<Row[]> rows = std::make_unique<Row[]>(3);
  auto table = std::make_shared<Table>();
  table->rows = rows;
  rows[1].table = std::move(table);
  return rows;
}

int main() {
  *keeper = make_ring();
  auto array = make_ring();
  *element = std::shared_ptr<Row>(array, &array[2]);
}
