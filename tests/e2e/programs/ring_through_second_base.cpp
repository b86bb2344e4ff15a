// ring_through_second_base.cpp - rings through a raw pointer to a second base, and through what has a cursor into a vector that was emptied.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Back<Data>,Owner<Data> members=Back<Data>::owner,Owner<Data>::d
// gordian: cycle proved objects=2 instances=1 of=Back<Cursor>,Owner<Cursor> members=Back<Cursor>::owner,Owner<Cursor>::d
#include <deque>
#include <memory>
#include <vector>

#include "pimpl_ring.h"

struct Linked {
  Linked* next = nullptr;
};
struct Data {
  std::shared_ptr<Back<Data>> held;
  std::deque<std::shared_ptr<Back<Data>>> todo;
  static Data* make();
  void add(const std::shared_ptr<Back<Data>>& back) {
    todo.push_back(back);
    todo.pop_front();
    held = back;
  }
};
struct LinkedData : Linked, Data {};
Data* Data::make() {
  auto* const made = new LinkedData;
  made->next = made;
  return made;
}

struct Cursor {
  std::shared_ptr<Back<Cursor>>* at = nullptr;
  std::vector<std::shared_ptr<Back<Cursor>>> all;
  std::shared_ptr<Back<Cursor>> held;
  static Cursor* make() { return new Cursor; }
  void add(const std::shared_ptr<Back<Cursor>>& back) {
    all.push_back(back);
    at = all.data();
    all.pop_back();
    held = back;
  }
};

int main() {
  leak<Data>();
  leak<Cursor>();
}
