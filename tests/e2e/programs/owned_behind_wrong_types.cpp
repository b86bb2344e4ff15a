// owned_behind_wrong_types.cpp - raw pointers that dangle, or lead to a first member, say of a block what it is not: no cycles.
// gordian: silent
#include <memory>

#include "app_owner.h"

struct Row;
struct Table {
  std::shared_ptr<Back<Table>>* first = nullptr;
  std::unique_ptr<Row[]> rows;
  inline void see(const std::shared_ptr<Back<Table>>& back);
};
struct Row {
  std::shared_ptr<Back<Table>> made;
  std::weak_ptr<Back<Table>> seen;
};
void Table::see(const std::shared_ptr<Back<Table>>& back) {
  rows = std::make_unique<Row[]>(2);
  rows[0].seen = back;
  first = &rows[0].made;
}

struct Old {  // as large as an array of two with its count
  long number = 1;
  std::shared_ptr<int> a, b;
};
struct Watcher {
  std::unique_ptr<std::weak_ptr<Back<Watcher>>[]> watched;
  Old* last = nullptr;
  void see(const std::shared_ptr<Back<Watcher>>& back) {
    last = new Old;
    delete last;
    watched = std::make_unique<std::weak_ptr<Back<Watcher>>[]>(2);
    watched[0] = back;
  }
};

App<Table>* tables = new App<Table>;
App<Watcher>* watchers = new App<Watcher>;

int main() {}
